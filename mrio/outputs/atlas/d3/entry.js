export { scaleLinear } from "d3-scale";
export { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
