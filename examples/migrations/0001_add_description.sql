-- Drafted from the declared fields. Read it, change what must be changed, and keep it with your code.
-- portress-snapshot: {"fields":{"description":{"kind":"text","type":"text","unique":false}},"profiles":{}}

ALTER TABLE "portress_users" ADD COLUMN "description" TEXT DEFAULT 'None';
