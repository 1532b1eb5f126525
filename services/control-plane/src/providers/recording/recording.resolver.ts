import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { REDACTION_DETECTORS } from './detectors.js';
import { patternProblems } from './patterns.js';
import { RedactionDetector, RedactPatternInput, RedactPatternProblem } from './recording.types.js';

@Resolver()
export class RecordingResolver {
  @Query(() => [RedactionDetector], { description: 'The built-in ones, in the order they are applied in.' })
  @Allow('provider.read')
  redactionDetectors(): RedactionDetector[] {
    return [...REDACTION_DETECTORS];
  }

  @Query(() => [RedactPatternProblem], {
    description: 'What saving these patterns would be refused for, at most one each; nothing is saved.',
  })
  @Allow('provider.write')
  redactPatternProblems(
    @Args('patterns', { type: () => [RedactPatternInput] }) patterns: RedactPatternInput[],
  ): RedactPatternProblem[] {
    return patternProblems(patterns);
  }
}
