import { expect, test } from 'vitest';
import { readFiles } from './read-files.ts';

/** A file as a browser gives it; a path when its folder was chosen. */
function fileOf(name: string, text: string, path = ''): File {
  return Object.defineProperty(new File([text], name), 'webkitRelativePath', { value: path });
}

test('the texts of a folder are read by their paths in it, hidden files are passed over', async () => {
  const chosen = [
    fileOf('SKILL.md', '# Hello', 'triage/SKILL.md'),
    fileOf('words.csv', 'a,b', 'triage/lists/words.csv'),
    fileOf('config', 'x', 'triage/.git/config'),
    fileOf('.DS_Store', 'x', 'triage/.DS_Store'),
  ];
  expect(await readFiles(chosen)).toEqual({
    folder: 'triage',
    files: { 'SKILL.md': '# Hello', 'lists/words.csv': 'a,b' },
    leftOut: [],
  });
});

test('what no skill can hold is left out, and told with the reason', async () => {
  const { files, leftOut } = await readFiles([
    fileOf('SKILL.md', 'x'),
    fileOf('logo.png', 'x'),
    fileOf('long.md', 'x'.repeat(64_001)),
    fileOf('huge.md', 'x'.repeat(1_000_001)),
  ]);
  expect(Object.keys(files)).toEqual(['SKILL.md']);
  expect(leftOut).toEqual([
    expect.stringMatching(/^logo\.png was left out\. A skill holds texts/),
    expect.stringContaining('long.md was left out. Keep each file under 64,000 characters'),
    expect.stringContaining('huge.md was left out. It is larger than 1 MB'),
  ]);
});

test('of a folder with far too many files none is read', async () => {
  const many = Array.from({ length: 41 }, (_, at) => fileOf(`f${at}.md`, 'x'));
  expect(await readFiles(many)).toEqual({ files: {}, leftOut: [expect.stringContaining('41 files')] });
});
