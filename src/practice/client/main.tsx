import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { fetchDirectory } from './api.ts';
import { applyTheme } from './theme.ts';
import './styles/base.css';
import './styles/layout.css';
import './styles/chat.css';
import './styles/card.css';
import './styles/dialog.css';
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/slack.css';

applyTheme();
const element = document.getElementById('app');
if (element !== null) {
  const directory = await fetchDirectory();
  createRoot(element).render(<App directory={directory} />);
}
