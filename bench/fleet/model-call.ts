/** About as much as a real item says. */
export const modelCall = {
  turn: '0198c0de-1111-7000-8000-000000000001',
  conversation: 'main',
  model: 'clawster-demo',
  inputTokens: 2_412,
  outputTokens: 317,
  firstWordMs: 840,
  wholeMs: 4_120,
  status: 200,
  toolCalls: ['web_search', 'read_file'],
};
