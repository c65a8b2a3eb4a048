/** The id of the team that has one of everything, so that an address can name it. */
export const careId = '7a1c2f54-9f0e-4d0b-8a6d-1e5b7c3d2f10';
export const goalId = '2b9d1c36-0f5e-4c1a-9d7e-6a4f8b2c1d20';
export const plannedGoalId = '3c8e2d47-1a6f-4d2b-8e8f-7b5a9c3d2e30';
export const heldId = '4d7f3e58-2b7a-4e3c-9f9a-8c6bad4e3f40';
export const doneId = '5e6a4f69-3c8b-4f4d-8aab-9d7cbe5f4a50';
export const heldItemId = '6f5b5a7a-4d9c-4a5e-9bbc-ae8dcf6a5b60';
