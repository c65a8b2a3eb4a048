import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { readBackup } from './backup.queries.ts';

export const getBackup = query(api.backups.get, ({ tx }, { backupId }) => readBackup(tx, backupId));
