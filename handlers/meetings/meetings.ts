import type { Handler } from '../../src/bot/turn/handler.ts'
import { conversation } from '../../src/forms/conversation.ts'
import { meetingForm } from './form.ts'
import { lectureForm } from './lecture.ts'
import { participationForm } from './participation.ts'

/** J10: organisation life, lectures, and members taking part. */
export const organisationLife: readonly Handler[] = [
  conversation(meetingForm),
  conversation(lectureForm),
  conversation(participationForm),
]
