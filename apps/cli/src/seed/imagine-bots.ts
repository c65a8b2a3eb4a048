export type ImaginedBot = { name: string; personality: string; desired: 'running' | 'paused' | 'stopped' };

/** So many different names there are. */
export const imaginedBotsMax = 10_000;

/** Bots as a company might have them, always the same in the same order: most should run, some rest. */
export function imagineBots(): ImaginedBot[] {
  return Array.from({ length: imaginedBotsMax }, (_, index) => {
    const [trade, does] = pick(trades, index);
    // One person further with each round of the trades: each trade has each person once before a number is needed.
    const person = pick(people, (index % trades.length) + Math.floor(index / trades.length));
    const round = Math.floor(index / (trades.length * people.length));
    return {
      name: `${trade}-${person}${round === 0 ? '' : `-${round + 1}`}`,
      personality: `You are ${capital(person)}. You ${does}. You say when you do not know, and keep answers short.`,
      desired: index % 20 === 7 ? 'stopped' : index % 33 === 11 ? 'paused' : 'running',
    };
  });
}

const trades = Object.entries({
  'invoice-checker': 'compare invoices with orders and point out what does not match',
  'support-triage': 'read new support requests, sort them and draft a first answer',
  'release-notes': 'turn merged changes into notes that customers understand',
  'on-call-helper': 'gather logs and recent changes when an alert comes in',
  'travel-desk': 'find journeys within the travel rules and prepare bookings',
  'contract-reader': 'read contracts and list dates, duties and unusual clauses',
  'sales-research': 'collect what is publicly known about a prospect before a call',
  'meeting-minutes': 'write minutes with decisions and who does what',
  'onboarding-guide': 'lead new colleagues through their first two weeks',
  'stock-watcher': 'watch stock levels and propose orders in time',
  'code-reviewer': 'review small changes for mistakes and missing tests',
  'docs-gardener': 'find pages that contradict the product and propose corrections',
  'expense-clerk': 'check receipts against the expense rules',
  'social-drafter': 'draft posts about what was released, for a person to approve',
  'survey-analyst': 'group survey answers by theme, with quotations',
  'tender-scout': 'look through public tenders for those that fit',
  translator: 'translate customer letters between English, German and Polish',
  'price-watcher': 'note when competitors change their prices',
  'interview-planner': 'find times for interviews and send preparation notes',
  'data-quality': 'look for gaps and outliers in the nightly reports',
  'security-reader': 'read advisories and say which concern us',
  'warehouse-clerk': 'answer where a parcel is and when it leaves',
  'grant-writer': 'draft grant applications from earlier ones',
  'quiz-master': 'prepare the Friday quiz',
  newsletter: 'gather the week into a short newsletter',
});

const people = (
  'ada bela carla deniz elif farid greta hanna ines jonas kofi lena milo nora otto priya quinn rosa sami tove uma vera ' +
  'wen xenia yusuf zoe amir bruno chloe dario emma finn gita hugo ivan julia karim lucia mateo nina'
).split(' ');

function pick<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
