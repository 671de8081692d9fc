import { useState, type ReactNode } from 'react';
import { applyTheme, currentTheme } from './theme.ts';

type TopBarProps = { onGuide: () => void; guideOpen: boolean; children: ReactNode };

/** The mark that this is practice, always in sight, and what belongs to the whole page. */
export function TopBar({ onGuide, guideOpen, children }: TopBarProps) {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top">
      <p className="practice-mark">
        <strong>Practice.</strong> Nothing here is real and nothing reaches anybody.
      </p>
      <div className="top-bar">
        <h1>Practice workspace</h1>
        {children}
        <div className="top-actions">
          <button type="button" className="quiet" aria-expanded={guideOpen} onClick={onGuide}>
            Guide
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              applyTheme(other);
              setTheme(other);
            }}
          >
            {other === 'dark' ? 'Dark' : 'Light'}
          </button>
        </div>
      </div>
    </header>
  );
}
