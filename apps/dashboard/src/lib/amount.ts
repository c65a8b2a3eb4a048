import { usdText } from '@clawster/domain/cost/money';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** "$1,204.50"; what is less than a cent keeps two digits that say something: "$0.0042"; nothing is "$0". */
export function usd(amount: number): string {
  return amount === 0 ? '$0' : usdText(amount);
}

/** "840", "12.4K": short, where many stand under each other. */
export function shortCount(value: number): string {
  return compact.format(value);
}

/** "4.2 %"; what is more than nothing never reads 0. */
export function percent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0 %';
  const value = (part / whole) * 100;
  if (value < 0.1) return '< 0.1 %';
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}
