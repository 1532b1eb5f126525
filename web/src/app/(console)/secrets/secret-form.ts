import { secretIdProblem } from './secret-id';
import { secretValueProblem } from './secret-value';

export interface SecretValues {
  readonly secretId: string;
  readonly value: string;
}

export function secretComplaints(values: SecretValues, takenIds: readonly string[]) {
  return {
    secretId: secretIdProblem(values.secretId, takenIds),
    value: secretValueProblem(values.value),
  };
}
