import { createHash } from 'node:crypto';
import { AwsFailure } from './failure.js';
import type { AccessKey, KeyRing, Role } from './keys.js';

const SHORTEST_SECONDS = 900;
const ORDINARY_SECONDS = 3_600;
const LONGEST_SECONDS = 43_200;
const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

export interface StsAnswer {
  readonly status: number;
  /** XML. */
  readonly body: string;
}

/** The two actions of AWS STS that a gateway needs, in its query protocol. */
export class Sts {
  private sequence = 0;
  /** Seconds a session lasts in place of what was asked for: AWS has a least of 900. */
  sessionSeconds: number | null = null;

  constructor(
    private readonly keys: KeyRing,
    private readonly roles: readonly Role[],
  ) {}

  /** @throws AwsFailure */
  answer(form: URLSearchParams, caller: AccessKey, requestId: string, nowMs: number): StsAnswer {
    switch (form.get('Action')) {
      case 'AssumeRole':
        return this.assumeRole(form, caller, requestId, nowMs);
      case 'GetCallerIdentity':
        return xml(
          'GetCallerIdentity',
          `<Arn>${caller.arn}</Arn><Account>${accountOf(caller.arn)}</Account>`,
          requestId,
        );
      default:
        throw new AwsFailure(
          400,
          'InvalidAction',
          `Could not find operation ${form.get('Action')} for version 2011-06-15`,
        );
    }
  }

  private assumeRole(form: URLSearchParams, caller: AccessKey, requestId: string, nowMs: number): StsAnswer {
    const arn = form.get('RoleArn') ?? '';
    const session = form.get('RoleSessionName') ?? '';
    const seconds = Number(form.get('DurationSeconds') ?? ORDINARY_SECONDS);
    if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
      throw new AwsFailure(
        400,
        'ValidationError',
        `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint`,
      );
    }
    if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
      throw new AwsFailure(
        400,
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const role = this.roles.find((one) => one.arn === arn);
    const isTrusted = role?.trusts.includes(caller.arn) ?? false;
    const isKnown = role?.externalId === undefined || role.externalId === form.get('ExternalId');
    if (role === undefined || !isTrusted || !isKnown) {
      throw new AwsFailure(
        403,
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      );
    }
    const key = this.mint(role, session, nowMs + (this.sessionSeconds ?? seconds) * 1_000);
    const credentials = [
      `<AccessKeyId>${key.accessKeyId}</AccessKeyId>`,
      `<SecretAccessKey>${key.secretAccessKey}</SecretAccessKey>`,
      `<SessionToken>${key.sessionToken}</SessionToken>`,
      `<Expiration>${new Date(key.expiresAt as number).toISOString().replace(/\.\d{3}/, '')}</Expiration>`,
    ].join('');
    const user = `<AssumedRoleId>AROASIMULATED:${session}</AssumedRoleId><Arn>${key.arn}</Arn>`;
    return xml(
      'AssumeRole',
      `<AssumedRoleUser>${user}</AssumedRoleUser><Credentials>${credentials}</Credentials>`,
      requestId,
    );
  }

  private mint(role: Role, session: string, expiresAt: number): AccessKey {
    const id = String(++this.sequence);
    const secret = createHash('sha256').update(`${role.arn} ${session} ${id}`).digest('base64');
    const key: AccessKey = {
      accessKeyId: `ASIAROLESESSION${id.padStart(5, '0')}`,
      secretAccessKey: secret.slice(0, 40),
      sessionToken: `session/${id}/${secret}`,
      expiresAt,
      arn: `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`,
      ...(role.isDenied && { isDenied: true }),
    };
    this.keys.add(key);
    return key;
  }
}

export function stsFailure({ status, exception, message }: AwsFailure, requestId: string): StsAnswer {
  const error = `<Type>Sender</Type><Code>${exception}</Code><Message>${escaped(message)}</Message>`;
  const body = `<ErrorResponse xmlns="${NAMESPACE}"><Error>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status, body };
}

function xml(action: string, result: string, requestId: string): StsAnswer {
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
  return { status: 200, body };
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] as string);
}
