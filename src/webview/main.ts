import './translated';
import { startDifferences } from './differences';
import { startEditor } from './editor/editor';
import { startReport } from './report';

const main = document.getElementById('page');
if (main?.dataset.page === 'editor') startEditor(main);
else if (main?.dataset.page === 'differences') startDifferences(main);
else if (main !== null) startReport(main);
