import { render } from 'preact';
import { App } from './state/app';
import { Page } from './ui/Page';
import './styles/index.css';

const app = new App();
render(<Page app={app} />, document.getElementById('app')!);
void app.start();
