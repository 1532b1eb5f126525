import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { RecordingStateService } from './recording-state.service.js';
import { RecordingStateType } from './recording-state.types.js';

@Resolver()
export class RecordingStateResolver {
  constructor(private readonly states: RecordingStateService) {}

  @Query(() => RecordingStateType)
  @Allow('transcript.read')
  recordingState(): Promise<RecordingStateType> {
    return this.states.read();
  }
}
