import { SetupForm } from '../../../features/setup/setup-form.tsx';

export const metadata = { title: 'Set up' };

export default function Route() {
  return <SetupForm />;
}
