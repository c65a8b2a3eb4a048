declare module 'write-file-atomic' {
  export default function writeFileAtomic(
    file: string,
    data: string | Buffer,
    options?: { mode?: number },
  ): Promise<void>;
  export function sync(file: string, data: string | Buffer, options?: { mode?: number; fsync?: boolean }): void;
}
declare module 'pidusage' {
  type Stat = { cpu: number; memory: number; ctime: number; elapsed: number; pid: number };
  export default function pidusage(pids: number[]): Promise<Record<string, Stat | null>>;
}
