import { AuditSinkPlace } from '@clawster/contract/audit-sink';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input, Select } from '../../ui/field.tsx';

type Values = {
  name: string;
  kind: AuditSinkPlace['kind'];
  url: string;
  host: string;
  port: string;
  transport: string;
};
const start: Values = { name: '', kind: 'webhook', url: '', host: '', port: '514', transport: 'tcp' };

/** Has checkpoints sent to one more place; the first is sent at once, so that what is wrong shows here. */
export function SinkForm({ forbidden }: { forbidden: string | undefined }) {
  const queryClient = useQueryClient();
  const form = useForm<Values>({ defaultValues: start });
  const { errors, isSubmitting } = form.formState;
  const kind = form.watch('kind');
  const save = form.handleSubmit(async (values) => {
    const place = AuditSinkPlace.safeParse({ ...values, port: Number(values.port) });
    if (!place.success) {
      for (const { path, message } of place.error.issues) form.setError(path[0] as keyof Values, { message });
      return;
    }
    try {
      const { id } = await client.auditSinks.create({ name: values.name, place: place.data });
      await client.auditSinks.send({ sinkId: id });
      form.reset({ ...start, kind: values.kind });
    } catch (error) {
      showProblem(form, error);
    }
    await queryClient.invalidateQueries({ queryKey: ['auditSinks'] });
  });
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} placeholder="Security team" />}
        </Field>
        <Field label="Kind">
          {(described) => (
            <Select {...described} {...form.register('kind')}>
              <option value="webhook">webhook</option>
              <option value="syslog">syslog</option>
              <option value="file">file on the server</option>
            </Select>
          )}
        </Field>
        {kind === 'webhook' ? (
          <Field label="Address" error={errors.url?.message} className="sm:col-span-2">
            {(described) => <Input {...described} {...form.register('url')} type="url" placeholder="https://" />}
          </Field>
        ) : null}
        {kind === 'syslog' ? (
          <>
            <Field label="Host" error={errors.host?.message}>
              {(described) => <Input {...described} {...form.register('host')} placeholder="logs.example.com" />}
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label="Port" error={errors.port?.message}>
                {(described) => <Input {...described} {...form.register('port')} type="number" min={1} max={65_535} />}
              </Field>
              <Field label="Over">
                {(described) => (
                  <Select {...described} {...form.register('transport')}>
                    <option>tcp</option>
                    <option>udp</option>
                    <option>tls</option>
                  </Select>
                )}
              </Field>
            </div>
          </>
        ) : null}
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={isSubmitting} whyNot={forbidden}>
          Send checkpoints there
        </Button>
      </div>
    </form>
  );
}
