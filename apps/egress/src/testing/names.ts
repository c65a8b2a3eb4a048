import { place } from './network.ts';

/** What names lead to in the laboratory; a list is given in turn, one for each question. All others lead to evil. */
export const addressesOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'api.allowed.example': [[place.allowed]],
  'a.wild.example': [[place.allowed]],
  'two.example': [[place.allowed]],
  'clawster.example': [[place.link]],
  'rebinding.example': [[place.rebinding], [place.inside]],
  'inside.example': [[place.inside]],
  'metadata.example': [['169.254.169.254']],
  'loopback.example': [['127.0.0.1']],
  'mixed.example': [[place.allowed, place.inside]],
  'nowhere.example': [['0.0.0.0']],
};

/** What the bot is allowed: names that lead out, and names that turn out to lead inside. */
export const allowedNames = [
  'api.allowed.example:443',
  'api.allowed.example:80',
  '*.wild.example:443',
  ...['rebinding', 'inside', 'metadata', 'loopback', 'mixed', 'nowhere'].flatMap((name) => [
    `${name}.example:443`,
    `${name}.example:80`,
  ]),
];

/** Names that may be asked of outside; a question about any other is a way out by itself. */
export const askable = new Set(Object.keys(addressesOf));
