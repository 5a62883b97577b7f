/** Rows 24, 42, 43 and 45 of the attack table through this door, each with its control. */
import { timingSuite } from '../drf/support/timing-suite.ts'
import { djoserSites } from './support/djoser-site.ts'
import { djoserDoor } from './support/doors.ts'

timingSuite(djoserDoor(djoserSites()))
