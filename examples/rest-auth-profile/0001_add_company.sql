-- Drafted from the declared fields. Read it, change what must be changed, and keep it with your code.
-- portress-snapshot: {"fields":{},"profiles":{"company":{"companyName":{"kind":"text","type":"text","unique":false}}}}

CREATE TABLE "portress_profile_company" (
  "user_id" INTEGER REFERENCES "portress_users" ("id") ON DELETE CASCADE PRIMARY KEY NOT NULL,
  "company_name" TEXT
) STRICT;
