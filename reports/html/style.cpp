#include "reports/html/style.hpp"

namespace shakedown::html {

namespace {

constexpr std::string_view styleText = R"css(
:root{--bg:#fff;--panel:#f5f7f9;--text:#17202a;--muted:#4d5966;--rule:#d5dbe1;--grid:#e3e7eb;
--ok:#00694c;--strained:#b58000;--failing:#a32100;--starting:#2f6fe0;--hand:#a24e7e;--down:#7a8694;
--fault:rgba(163,33,0,.11);--operation:rgba(47,111,224,.13);--warm:rgba(122,134,148,.16)}
@media (prefers-color-scheme:dark){:root{--bg:#10161c;--panel:#19222b;--text:#e6ebf0;
--muted:#a9b4bf;--rule:#35424e;--grid:#27323c;--ok:#009e73;--strained:#e69f00;--failing:#d55e00;
--starting:#56b4e9;--hand:#cc79a7;--down:#8b98a8;--fault:rgba(213,94,0,.2);
--operation:rgba(86,180,233,.17);--warm:rgba(139,152,168,.16)}}
@media print{:root{--bg:#fff;--panel:#fff;--text:#000;--muted:#333;--rule:#bbb;--grid:#ddd;
--ok:#00694c;--strained:#b58000;--failing:#a32100;--starting:#2f6fe0;--hand:#a24e7e;--down:#7a8694;
--fault:rgba(163,33,0,.11);--operation:rgba(47,111,224,.13);--warm:rgba(122,134,148,.16)}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1.2rem 1rem 3rem;max-width:68rem;background:var(--bg);color:var(--text);
font:15px/1.5 system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.1rem 0 .4rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:2px solid var(--rule)}
h3{font-size:1.02rem;margin:1.4rem 0 .3rem}
p{margin:.4rem 0}
.brand{color:var(--muted);font-size:.85rem;margin:0}
.about,.note{color:var(--muted)}
.note{font-size:.87rem}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.7rem 0}
nav a{color:var(--text);text-transform:capitalize}
.sentence{font-size:1.12rem;font-weight:600;padding:.6rem .8rem;border-left:6px solid var(--down);
background:var(--panel);margin:.6rem 0 1rem}
.sentence.pass{border-color:var(--ok)}
.sentence.fail{border-color:var(--failing)}
.warning{padding:.4rem .8rem;border:2px solid var(--failing)}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;
border-bottom:1px solid var(--grid);font-weight:400}
thead th{color:var(--muted);border-color:var(--rule)}
.expectations{width:100%}
.expectations td{white-space:nowrap}
td.pass,td.fail,td.none{font-weight:600}
td.pass{color:var(--ok)}
td.fail{color:var(--failing)}
.numbers{margin-top:1rem}
.numbers td,.numbers thead th{text-align:right;white-space:nowrap}
.numbers thead th:first-child{text-align:left}
.numbers tbody th{min-width:7rem}
.scroll{overflow-x:auto;max-width:100%}
.story{padding-left:1.3rem;margin:.3rem 0}
.story li{padding-left:4.6rem;text-indent:-4.6rem}
.story .at{display:inline-block;min-width:4.6rem;text-indent:0;font-variant-numeric:tabular-nums}
.marks{list-style:none;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.15rem 1.4rem;
font-size:.9rem}
.key{display:inline-block;min-width:1.4em;text-align:center;font-weight:700;padding:0 .2em}
.fault-key{background:var(--fault);border-left:2px dashed var(--failing)}
.operation-key{background:var(--operation);border-left:2px dotted var(--starting)}
.warmup-key{background:var(--warm)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));
gap:1rem 1.6rem;align-items:start}
figure{margin:.6rem 0;min-width:0}
figcaption{line-height:1.35;margin-bottom:.2rem}
figcaption b{margin-right:.8rem}
.legend{font-size:.87rem}
.item{display:inline-block;margin-right:.9rem;overflow-wrap:anywhere}
.item svg{vertical-align:-.15em;margin-right:.3rem}
svg.chart{display:block;width:100%;height:auto;max-width:44rem}
svg.topology,svg.strips{display:block}
svg.topology{max-width:100%;height:auto}
svg.topology.broad{min-width:44rem}
svg.strips{width:100%;min-width:44rem;height:auto}
svg text{font:11px system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;fill:var(--muted)}
svg .mark{font-weight:700;fill:var(--text)}
svg .name{font-weight:600;font-size:12px;fill:var(--text)}
path{fill:none}
.grid{stroke:var(--grid)}
.axis{stroke:var(--muted)}
.fault{fill:var(--fault)}
.operation{fill:var(--operation)}
.warmup{fill:var(--warm)}
.fault-edge{stroke:var(--failing);stroke-dasharray:4 3}
.operation-edge{stroke:var(--starting);stroke-dasharray:1 3}
.offered,.good,.degraded,.failed,.rejected,.timed-out,.p50,.p95,.p99,.q0,.q1,.q2,.q3,.q4,.q5{
stroke-width:1.7;stroke-linejoin:round}
.offered{stroke:var(--text);stroke-dasharray:5 3;stroke-width:1.3}
.good{stroke:var(--ok);stroke-width:2.4}
.degraded{stroke:var(--strained);stroke-dasharray:2 2}
.failed{stroke:var(--failing);stroke-width:2.2}
.rejected{stroke:var(--strained);stroke-dasharray:6 3}
.timed-out{stroke:var(--hand);stroke-dasharray:2 2}
.p50{stroke:var(--ok)}
.p95{stroke:var(--starting);stroke-dasharray:6 3}
.p99{stroke:var(--hand);stroke-width:2.2}
.q0{stroke:var(--starting);stroke-width:2.2}
.q1{stroke:var(--failing);stroke-dasharray:7 3}
.q2{stroke:var(--ok);stroke-dasharray:2 2}
.q3{stroke:var(--hand);stroke-dasharray:9 3 2 3}
.q4{stroke:var(--strained)}
.q5{stroke:var(--text);stroke-dasharray:4 4}
.ok,.busy{fill:var(--ok)}
.busy{stroke:var(--strained);stroke-width:2.5}
.strained{fill:var(--strained)}
.failing{fill:var(--failing)}
path.down{stroke:var(--down);stroke-width:3.5}
.node{fill:var(--panel);stroke-width:1.5}
.ok-line{stroke:var(--ok)}
.busy-line,.strained-line{stroke:var(--strained)}
.failing-line{stroke:var(--failing);stroke-width:2.2}
.down-line{stroke:var(--down);stroke-dasharray:4 3}
.link.ok-line{stroke:var(--down)}
.link.strained-line{stroke-dasharray:6 3}
.arrow{fill:var(--muted)}
.hand-line{stroke:var(--hand)}
.bar{stroke-width:2.5}
.badge{fill:var(--bg);stroke:var(--rule)}
svg .badge-text{font-weight:700;font-size:10.5px;fill:var(--text)}
.cell-busy{fill:var(--starting)}
.cell-strained{fill:var(--strained)}
.cell-failing{fill:var(--failing)}
.cell-hand{fill:var(--hand)}
.cell-half-open{fill:var(--starting)}
.cell-down{fill:var(--bg);stroke:var(--down);stroke-width:1.5}
.causes td,.causes th{vertical-align:top;overflow-wrap:normal}
.causes .share{white-space:nowrap}
.meter{width:6rem;height:.6rem;background:var(--grid);vertical-align:-.02em;margin-right:.4rem}
.blame{fill:var(--failing)}
.chain{padding-left:1.4rem}
.times{color:var(--muted)}
details{margin:.3rem 0;font-size:.9rem}
summary{color:var(--muted);cursor:pointer}
details .scroll{max-height:22rem;overflow:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.2rem;margin:.4rem 0}
dt{color:var(--muted)}
dd{margin:0}
pre{background:var(--panel);padding:.7rem .8rem;overflow-x:auto;overflow-wrap:normal;tab-size:4;
font:12.5px/1.45 ui-monospace,"DejaVu Sans Mono",monospace}
.command{white-space:pre-wrap;overflow-wrap:anywhere}
.cursor{stroke:var(--text);stroke-width:1;pointer-events:none}
#tip{position:fixed;z-index:1;pointer-events:none;background:var(--bg);color:var(--text);
border:1px solid var(--muted);padding:.3rem .5rem;font-size:.8rem;white-space:pre;display:none}
@media (max-width:40rem){body{font-size:14px}
.meter{width:3rem}
.causes .kind{display:none}
.expectations thead{display:none}
.expectations tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--rule)}
.expectations th,.expectations td{display:block;border:0;padding:.05rem 0;white-space:normal}
.expectations td[data-head]::before{content:attr(data-head) ": ";color:var(--muted)}}
@media print{@page{margin:14mm}
html{color-scheme:light}
body{max-width:none;padding:0;font-size:10.5pt}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
nav,#tip,.cursor,details{display:none}
figure,.sentence,tr,li{break-inside:avoid}
h2,h3,.lead{break-after:avoid}
.charts{grid-template-columns:1fr 1fr}
.scroll,pre{overflow:visible}
svg.topology,svg.topology.broad,svg.strips{max-width:100%;min-width:0;height:auto}
.numbers{font-size:7.5pt}
.numbers th,.numbers td{padding-right:.4rem;min-width:0!important}
pre{white-space:pre-wrap;overflow-wrap:anywhere}}
)css";

constexpr std::string_view scriptText = R"js(
(function(){
var charts=[].slice.call(document.querySelectorAll('svg[data-axis]'));
if(!charts.length)return;
var tip=document.createElement('div');tip.id='tip';document.body.appendChild(tip);
charts.forEach(function(svg){
svg.axis=svg.getAttribute('data-axis').split(' ').map(Number);
svg.addEventListener('pointermove',function(e){show(svg,e)});
svg.addEventListener('pointerleave',hide);});
function hide(){tip.style.display='none';
charts.forEach(function(svg){if(svg.cursor){svg.cursor.remove();svg.cursor=null}})}
function show(svg,e){
var box=svg.getBoundingClientRect(),a=svg.axis;
var part=((e.clientX-box.left)*svg.viewBox.baseVal.width/box.width-a[1])/(a[2]-a[1]);
if(0>part||part>1)return hide();
charts.forEach(function(other){
var b=other.axis,x=b[1]+part*(b[2]-b[1]);
if(!other.cursor){other.cursor=document.createElementNS(other.namespaceURI,'path');
other.cursor.setAttribute('class','cursor');other.appendChild(other.cursor)}
other.cursor.setAttribute('d','M'+x+' '+b[3]+'V'+b[4])});
tip.textContent=words(svg,part*a[0]);
tip.style.display='block';
var right=e.clientX+16+tip.offsetWidth>innerWidth;
tip.style.left=Math.max(0,right?e.clientX-16-tip.offsetWidth:e.clientX+16)+'px';
tip.style.top=Math.min(e.clientY+16,innerHeight-tip.offsetHeight)+'px'}
function words(svg,t){
var out=t.toFixed(1)+' s';
if(!svg.classList.contains('chart'))return out;
var table=svg.parentNode.querySelector('table');
if(!table)return out;
var row=null,heads=table.tHead.rows[0].cells;
[].forEach.call(table.tBodies[0].rows,function(r){if(t>=parseFloat(r.cells[0].textContent))row=r});
if(row)for(var i=1;i!==heads.length;i++)
out+='\n'+heads[i].textContent+': '+row.cells[i].textContent;
return out}
})();
)js";

} // namespace

std::string_view styleSheet() {
    return styleText;
}

std::string_view script() {
    return scriptText;
}

} // namespace shakedown::html
