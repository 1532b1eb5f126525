export { adviseOn, familyOf, type ModelAdvice } from './advice.js';
export { GEOGRAPHIES, type Geography, geographiesOf, geographyLabel } from './geographies.js';
export { type ModelReference, modelReference } from './model-reference.js';
