import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const headerBytes = 12;
const ofAddress = 1;

/** Answers that one name has this address, on port 53 of it, and knows no other. */
export async function startNameServer(name: string, address: string): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (asked, { port, address: asker }) =>
    socket.send(answerTo(asked, { name, address }), port, asker),
  );
  socket.bind(53, address);
  await once(socket, 'listening');
}

function answerTo(asked: Buffer, known: { name: string; address: string }): Buffer {
  const end = asked.indexOf(0, headerBytes) + 5;
  const question = asked.subarray(headerBytes, end);
  const isKnown = nameIn(question) === known.name;
  const isAnswered = isKnown && question.readUInt16BE(question.length - 4) === ofAddress;
  const header = Buffer.from(asked.subarray(0, headerBytes));
  // An answer, with or without what was asked for.
  header.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isAnswered ? 1 : 0, 6);
  header.fill(0, 8);
  if (!isAnswered) return Buffer.concat([header, question]);
  const record = Buffer.from([0xc0, headerBytes, 0, ofAddress, 0, 1, 0, 0, 0, 0, 0, 4]);
  return Buffer.concat([header, question, record, Buffer.from(known.address.split('.').map(Number))]);
}

/** Labels, each after its length. */
function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 0; question[at]; at += (question[at] ?? 0) + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
  return labels.join('.').toLowerCase();
}
