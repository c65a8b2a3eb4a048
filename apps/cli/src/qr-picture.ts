import { CliRefusal } from './failure.ts';

const prefix = 'data:image/png;base64,';

/** The code of a picture, drawn with the letters of a terminal: read from it first, for its dots are too small to be shown. */
export async function drawQrCode(dataUrl: string): Promise<string> {
  const [{ decode }, { default: readQrCode }, { renderUnicodeCompact }] = await Promise.all([
    import('fast-png'),
    import('qr/decode.js'),
    import('uqr'),
  ]);
  if (!dataUrl.startsWith(prefix))
    throw new CliRefusal('The code came in a form that cannot be drawn here. Link the bot in the dashboard.');
  const { width, height, channels, data, depth } = decode(Buffer.from(dataUrl.slice(prefix.length), 'base64'));
  if (depth !== 8)
    throw new CliRefusal('The code came in a form that cannot be drawn here. Link the bot in the dashboard.');
  const text = readQrCode({ width, height, data: colours(data as Uint8Array, channels) });
  return renderUnicodeCompact(text);
}

/** Red, green and blue of each dot, whatever the picture holds. */
function colours(data: Uint8Array, channels: number): Uint8Array {
  if (channels >= 3) return data;
  const dots = new Uint8Array((data.length / channels) * 3);
  for (let at = 0; at < dots.length; at += 1) dots[at] = data[Math.floor(at / 3) * channels] ?? 0;
  return dots;
}
