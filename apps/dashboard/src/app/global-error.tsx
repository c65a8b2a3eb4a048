'use client';

/** The last net, when even the layout broke; it can use nothing of the dashboard's own. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '15vh 2rem', textAlign: 'center' }}>
        <h1 style={{ fontSize: '1.1rem' }}>The dashboard broke</h1>
        <p>That is a fault in Clawster, not in your bots: they go on running.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
