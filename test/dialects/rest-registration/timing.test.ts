/** Rows 24, 42, 43 and 45 of the attack table through this door, each with its control. */
import { timingSuite } from '../drf/support/timing-suite.ts'
import { restRegistrationDoor } from './support/doors.ts'
import { restRegistrationWorlds } from './support/world.ts'

timingSuite(restRegistrationDoor(restRegistrationWorlds()))
