import { HomePage } from '../../features/home/home-page.tsx';

export const metadata = { title: 'Home' };

export default function Route() {
  return <HomePage />;
}
