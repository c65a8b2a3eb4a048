import { SkillFiles, skillFilesMax } from '@clawster/contract/skill';

/** What was read of the files that someone chose. */
export type ReadFiles = {
  /** The name of the folder, when one was chosen. */
  folder?: string;
  files: Record<string, string>;
  /** Why others were left out, a sentence each. */
  leftOut: string[];
};

/** As for the command line: a text within the limit is far smaller. */
const bytesMax = 1_000_000;

/** The texts among chosen files by their paths within the folder; what no skill can hold is left out and told. Hidden files are passed over. */
export async function readFiles(chosen: readonly File[]): Promise<ReadFiles> {
  const visible = chosen.map((file) => ({ file, path: pathOf(file) })).filter(({ path }) => !/(^|\/)\./.test(path));
  if (visible.length > skillFilesMax)
    return { files: {}, leftOut: [`That is ${visible.length} files, and a skill has at most ${skillFilesMax}.`] };
  const read = await Promise.all(visible.map(async ({ file, path }) => ({ path, ...(await readFile(file, path)) })));
  const folder = chosen[0]?.webkitRelativePath.split('/', 1)[0];
  return {
    ...(folder ? { folder } : {}),
    files: Object.fromEntries(read.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text]]))),
    leftOut: read.flatMap(({ path, why }) => (why === undefined ? [] : [`${path} was left out. ${why}.`])),
  };
}

async function readFile(file: File, path: string): Promise<{ text?: string; why?: string }> {
  if (file.size > bytesMax) return { why: 'It is larger than 1 MB: a skill is small' };
  const text = await file.text();
  const why = SkillFiles.safeParse({ [path]: text }).error?.issues[0]?.message;
  return why === undefined ? { text } : { why };
}

/** Without the folder itself. */
function pathOf({ name, webkitRelativePath }: File): string {
  return webkitRelativePath ? webkitRelativePath.slice(webkitRelativePath.indexOf('/') + 1) : name;
}
