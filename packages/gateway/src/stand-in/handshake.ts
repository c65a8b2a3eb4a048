import { z } from 'zod';
import type { GatewayProblem } from '../protocol.ts';

const ids = [
  'webchat-ui',
  'openclaw-control-ui',
  'openclaw-browser-copilot',
  'openclaw-tui',
  'webchat',
  'cli',
  'gateway-client',
  'openclaw-macos',
  'openclaw-linux',
  'openclaw-ios',
  'openclaw-watchos',
  'openclaw-android',
  'node-host',
  'openclaw-worker',
  'test',
  'fingerprint',
  'openclaw-probe',
];
const modes = ['webchat', 'cli', 'ui', 'backend', 'node', 'worker', 'probe', 'test'];

export const ConnectParams = z.strictObject({
  minProtocol: z.int(),
  maxProtocol: z.int(),
  client: z.strictObject({
    id: z.string().refine((id) => ids.includes(id), 'must be equal to one of the allowed values'),
    displayName: z.string().optional(),
    version: z.string(),
    platform: z.string(),
    mode: z.string().refine((mode) => modes.includes(mode), 'must be equal to one of the allowed values'),
    deviceFamily: z.string().optional(),
    instanceId: z.string().optional(),
  }),
  role: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  caps: z.array(z.string()).optional(),
  auth: z.strictObject({ token: z.string().optional(), password: z.string().optional() }).optional(),
  locale: z.string().optional(),
  userAgent: z.string().optional(),
});

export type Admission = { scopes: string[]; caps: string[] } | { refusal: GatewayProblem; closeCode: number };

/** Who is let in with what, as the matrix recorded on loopback says. */
export function admit(params: unknown, token: string): Admission {
  const parsed = ConnectParams.safeParse(params);
  if (!parsed.success)
    return refused(1008, {
      code: 'INVALID_REQUEST',
      message: `invalid connect params: ${schemaMessage(parsed.error)}`,
    });
  const { client, auth, minProtocol, maxProtocol, role = 'operator', scopes = [], caps = [] } = parsed.data;
  if (minProtocol > 4 || maxProtocol < 4) return refused(1002, protocolMismatch(minProtocol, maxProtocol));
  const refusal = whyNotRole(role) ?? whyNotBrowser(client) ?? whyNotToken(auth, token);
  if (refusal) return refused(1008, refusal);
  return { scopes: isTrusted(client) ? scopes : [], caps };
}

type Connect = z.infer<typeof ConnectParams>;

function isTrusted({ id, mode }: Connect['client']): boolean {
  return (id === 'gateway-client' && mode === 'backend') || (id === 'cli' && mode === 'cli');
}

function protocolMismatch(clientMinProtocol: number, clientMaxProtocol: number): GatewayProblem {
  const details = {
    code: 'PROTOCOL_MISMATCH',
    clientMinProtocol,
    clientMaxProtocol,
    expectedProtocol: 4,
    minimumProbeProtocol: 3,
  };
  return { code: 'INVALID_REQUEST', message: 'protocol mismatch', details };
}

/** A browser's clients are let in with an origin and a device alone. */
function whyNotBrowser(client: Connect['client']): GatewayProblem | undefined {
  if (['webchat-ui', 'openclaw-control-ui'].includes(client.id)) {
    return {
      code: 'INVALID_REQUEST',
      message:
        'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)',
      details: { code: 'CONTROL_UI_ORIGIN_NOT_ALLOWED', reason: 'origin missing or invalid' },
    };
  }
  if (client.id === 'openclaw-tui' && client.mode === 'ui') {
    return {
      code: 'INVALID_REQUEST',
      message: 'control ui requires device identity (use HTTPS or localhost secure context)',
      details: { code: 'CONTROL_UI_DEVICE_IDENTITY_REQUIRED' },
    };
  }
  return undefined;
}

/** Machines that run tools for the gateway are let in by a key of their own, which we never have. */
function whyNotRole(role: string): GatewayProblem | undefined {
  if (role === 'operator') return undefined;
  return ['node', 'worker'].includes(role) ? noIdentity : { code: 'INVALID_REQUEST', message: 'invalid role' };
}

const noIdentity: GatewayProblem = {
  code: 'NOT_PAIRED',
  message: 'device identity required',
  details: { code: 'DEVICE_IDENTITY_REQUIRED' },
};

function whyNotToken(auth: Connect['auth'], token: string): GatewayProblem | undefined {
  const given = auth?.token ?? auth?.password;
  if (given === undefined) return noIdentity;
  if (given !== token) {
    return {
      code: 'INVALID_REQUEST',
      message: 'unauthorized: gateway token mismatch (provide gateway auth token)',
      details: {
        code: 'AUTH_TOKEN_MISMATCH',
        authReason: 'token_mismatch',
        canRetryWithDeviceToken: false,
        recommendedNextStep: 'update_auth_credentials',
      },
    };
  }
  return undefined;
}

/** The first issue in the words of the real gateway's validator. */
export function schemaMessage(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return '';
  if (issue.code === 'unrecognized_keys')
    return `${at(issue.path) || 'at root: '}unexpected property '${issue.keys[0]}'`;
  const isMissing = issue.code === 'invalid_type' && /received undefined/.test(issue.message);
  if (isMissing) return `${at(issue.path.slice(0, -1))}must have required property '${String(issue.path.at(-1))}'`;
  return `${at(issue.path)}${whatIsWrong(issue)}`;
}

function at(path: PropertyKey[]): string {
  return path.length > 0 ? `at /${path.join('/')}: ` : '';
}

function whatIsWrong(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected === 'int' ? 'integer' : issue.expected}`;
  if (issue.code !== 'too_small') return issue.message;
  const { origin, minimum } = issue;
  return origin === 'string' ? `must not have fewer than ${minimum} characters` : `must be >= ${minimum}`;
}

function refused(closeCode: number, refusal: GatewayProblem): Admission {
  return { refusal, closeCode };
}
