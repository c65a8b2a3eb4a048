import { z } from 'zod';
import { Impact } from './configuration.ts';
import { ConnectorModel, ModelId, ModelRules } from './model.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { LayerSelector } from './profile.ts';
import { route } from './route.ts';

export const ConnectorName = z.string().trim().min(1, 'Name the connector, for example "OpenAI"').max(80);
export const BaseUrl = z.url({ protocol: /^https?$/, error: 'Enter a URL such as https://api.openai.com/v1' }).max(500);
export const ProviderApiKey = z.string().trim().min(1, 'Enter the API key').max(1000);

/** Who a model is asked of. `openai-compatible` is any address that speaks as OpenAI does. */
export const RealProvider = z.enum(['openai', 'anthropic', 'google', 'openrouter', 'openai-compatible']);
export type RealProvider = z.infer<typeof RealProvider>;
/** `demo` is built in, needs no key, and says that it is one. */
export const Provider = z.enum([...RealProvider.options, 'demo']);
export type Provider = z.infer<typeof Provider>;

/** OpenAI has two ways to be asked; the others have one. */
export const OpenAiApi = z.enum(['chat-completions', 'responses']);
export type OpenAiApi = z.infer<typeof OpenAiApi>;

/** The outcome of asking the provider with the key: what was tried, what came back, what to do. */
export const ConnectorCheck = z.object({
  ok: z.boolean(),
  message: z.string(),
  /** The provider answered, and did not take the key. */
  refused: z.boolean().optional(),
  /** Models the provider offers, where it says. */
  models: z.array(z.string()).default([]),
  checkedAt: Timestamp,
});
export type ConnectorCheck = z.infer<typeof ConnectorCheck>;

export const Connector = z.object({
  id: Id,
  name: ConnectorName,
  kind: z.literal('model-provider'),
  provider: Provider,
  baseUrl: z.string().optional(),
  /** The model a new bot gets unless another is chosen. */
  model: ModelId,
  api: OpenAiApi.optional(),
  /** What bots may ask for, the usual one among them. */
  models: z.array(ConnectorModel),
  ...ModelRules.shape,
  hasApiKey: z.boolean(),
  check: ConnectorCheck.optional(),
  botCount: z.int(),
  /** The first of the bots that use it and that the caller sees, by name. */
  bots: z.array(z.object({ id: Id, name: z.string() })),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Connector = z.infer<typeof Connector>;

const connection = {
  provider: RealProvider,
  baseUrl: BaseUrl.optional(),
  apiKey: ProviderApiKey.optional(),
  model: ModelId,
  api: OpenAiApi.optional(),
};

const Models = z.array(ConnectorModel).min(1, 'Name one model at least').max(100);

export const TestConnector = z.object(connection);
export type TestConnector = z.infer<typeof TestConnector>;
export const CreateConnector = z.object({
  name: ConnectorName,
  ...connection,
  /** Absent: the usual model, with what is known of it. */
  models: Models.optional(),
  ...ModelRules.shape,
});
export type CreateConnector = z.infer<typeof CreateConnector>;
/** Absent fields stay as they are; a new `apiKey` replaces the stored one and reaches running bots without a restart. */
export const UpdateConnector = z.object({
  connectorId: Id,
  name: ConnectorName.optional(),
  baseUrl: BaseUrl.optional(),
  apiKey: ProviderApiKey.optional(),
  model: ModelId.optional(),
  api: OpenAiApi.optional(),
  models: Models.optional(),
  retries: ModelRules.shape.retries.unwrap().optional(),
  fallbacks: ModelRules.shape.fallbacks.unwrap().optional(),
  /** `null` takes the limit away. */
  requestsPerMinute: ModelRules.shape.requestsPerMinute.nullable(),
  tokensPerMinute: ModelRules.shape.tokensPerMinute.nullable(),
  budget: ModelRules.shape.budget.nullable(),
});
export type UpdateConnector = z.infer<typeof UpdateConnector>;

/** Which bots are given a connector: those of these ids, or those that have these labels now. Without `model`, its usual one. */
export const AttachConnector = z.object({
  connectorId: Id,
  botIds: z.array(Id).min(1, 'Name one bot at least').max(200, 'Name at most 200 bots, or say it by labels').optional(),
  selector: LayerSelector.optional(),
  model: ModelId.optional(),
  /** Tells what it comes to, and changes nothing. */
  dryRun: z.boolean().default(false),
});
export type AttachConnector = z.infer<typeof AttachConnector>;

export const connectors = {
  list: route({
    method: 'GET',
    path: '/connectors',
    permission: 'connector:read',
    summary: 'Connectors of the workspace',
    input: PageInput,
    output: pageOf(Connector),
  }),
  get: route({
    method: 'GET',
    path: '/connectors/{connectorId}',
    permission: 'connector:read',
    summary: 'One connector',
    input: z.object({ connectorId: Id }),
    output: Connector,
  }),
  test: route({
    method: 'POST',
    path: '/connectors/test',
    permission: 'connector:manage',
    summary: 'Ask a model provider with these settings; nothing is saved',
    input: TestConnector,
    output: ConnectorCheck,
  }),
  create: route({
    method: 'POST',
    path: '/connectors',
    permission: 'connector:manage',
    summary: 'Attach a model provider; it is asked first, and refused if it does not answer',
    input: CreateConnector,
    output: Connector,
  }),
  update: route({
    method: 'PATCH',
    path: '/connectors/{connectorId}',
    permission: 'connector:manage',
    summary: 'Change a model provider or replace its key; it is asked first',
    input: UpdateConnector,
    output: Connector,
  }),
  check: route({
    method: 'POST',
    path: '/connectors/{connectorId}/check',
    permission: 'connector:manage',
    summary: 'Ask a model provider now whether it still answers',
    input: z.object({ connectorId: Id }),
    output: Connector,
  }),
  attach: route({
    method: 'POST',
    path: '/connectors/{connectorId}/attachments',
    permission: 'connector:manage',
    summary: 'Have bots use a model provider, all of them or none; what it comes to, or with `dryRun` would',
    input: AttachConnector,
    output: Impact,
  }),
  delete: route({
    method: 'DELETE',
    path: '/connectors/{connectorId}',
    permission: 'connector:manage',
    summary: 'Detach a model provider that no bot uses',
    input: z.object({ connectorId: Id }),
    output: z.object({}),
  }),
};
