import { useMutation } from '@tanstack/react-query';
import { PlugZap } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { CheckResult } from '../connector/connector-form.tsx';
import { type ChannelDraft, requestOf, whyNotApiRoot } from './channel-draft.ts';
import { whyNotGiven } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { WhereToGet } from './where-to-get.tsx';

type AccountStepProps = { draft: ChannelDraft; change: (part: Partial<ChannelDraft>) => void };

/** With which account: where to get its token, the token, and whether the service takes it. */
export function AccountStep({ draft, change }: AccountStepProps) {
  const { kind, name, credentials, settings } = draft;
  return (
    <>
      <WhereToGet kind={kind} />
      <Field label="Name" hint="As you call it, such as Support line.">
        {(described) => (
          <Input
            {...described}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <CredentialFields kind={kind} draft={credentials} onChange={(next) => change({ credentials: next })} />
      {kind === 'telegram' ? (
        <ApiRootField value={settings.apiRoot} onChange={(apiRoot) => change({ settings: { ...settings, apiRoot } })} />
      ) : null}
      {/* What was tested is told of that very account only. */}
      {kind === 'whatsapp' ? null : (
        <TestLine key={JSON.stringify([kind, credentials, settings.apiRoot])} draft={draft} />
      )}
    </>
  );
}

type ApiRootProps = { value: string | undefined; onChange: (value: string | undefined) => void };

function ApiRootField({ value, onChange }: ApiRootProps) {
  return (
    <details open={value !== undefined}>
      <summary className="cursor-pointer text-sm text-muted">A Bot API server of your own</summary>
      <Field label="Bot API server" className="mt-2" error={whyNotApiRoot(value)} hint="Empty: Telegram’s own.">
        {(described) => (
          <Input
            {...described}
            value={value ?? ''}
            type="url"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value.trim() || undefined)}
          />
        )}
      </Field>
    </details>
  );
}

function TestLine({ draft }: { draft: ChannelDraft }) {
  const { kind, credentials, settings } = draft;
  const test = useMutation({
    mutationFn: () => client.channels.test({ kind, settings, credentials: requestOf(draft).credentials }),
  });
  const check = test.data;
  return (
    <div className="space-y-2">
      <FormProblem message={test.error ? sentenceOf(test.error) : undefined} />
      <CheckResult check={check && { ...check, message: sayCheck(check), models: [] }} />
      <Button
        icon={<PlugZap />}
        busy={test.isPending}
        whyNot={whyNotGiven(kind, credentials) ?? whyNotApiRoot(settings.apiRoot)}
        onClick={() => test.mutate()}
      >
        Test
      </Button>
    </div>
  );
}

function sayCheck({ message, account }: { message: string; account?: string | undefined }): string {
  return account ? `${message}. It is ${account}.` : message;
}
