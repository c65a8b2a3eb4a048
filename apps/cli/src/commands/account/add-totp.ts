import { renderUnicodeCompact } from 'uqr';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';
import { ask } from '../../prompt.ts';

export const addTotp = cliCommand({
  usage: 'account add-totp',
  summary: 'Ask for the codes of an authenticator app when you sign in; prints recovery codes once',
  options: personOptions,
  input: PersonOptions,
  run: (context, who) =>
    asPerson(context, who, async ({ client, secrets: [password = ''] }) => {
      const { uri, secret } = await client.account.offerTotp({ password });
      context.out.note(`${renderUnicodeCompact(uri)}\nScan it with the app, or type it in: ${secret}`);
      const code = await ask(context.world, 'Code of the app', 'the dashboard, where there is no terminal');
      return client.account.confirmTotp({ code });
    }),
  show({ recoveryCodes }, out) {
    out.note(
      'The app is asked for from now on. Keep these recovery codes; each lets you in once, when the phone is lost:',
    );
    return recoveryCodes.join('\n');
  },
});
