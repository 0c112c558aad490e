import '../../translated';
import { ArrayMap } from './array-map';

customElements.define('array-map', ArrayMap);
