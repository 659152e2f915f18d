var k,hn,Tt,ee,St,Qe,gn,Je,_n,$t,xt,oo,Ce=Symbol.for("pv"),Xe={},Ye=[],so=/^m(i|n|o|s|text|space)$/,kt=Array.isArray,Mt=Ye.slice,le=Object.assign;function ae(e){
e&&e.parentNode&&e.remove()}function yn(e,t,n){var r,o,s,i={},a=arguments.length;for(s in t)s=="key"?r=t[s]:s=="ref"&&typeof e!="function"?o=t[s]:i[s]=t[s];return a>
2&&(i.children=a>3?Mt.call(arguments,2):n),Ae(e,i,r,o,null)}function Ae(e,t,n,r,o){var s={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Ce,__v:o||++hn,__i:-1,__u:0};return!o&&k.vnode&&k.
vnode(s),s}function E(e){return e.children}function _e(e,t){this.props=e,this.context=t,this.__g=0}function te(e,t){if(t==null)return e.__&&te(e.__,e.__i+1);for(var n;t<e.
__k.length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:te(e)}function io(e){var t,n=e.__v,r=n.__e,o=[],s=[],i=e.__P;
i&&((t=le({constructor:Ce},n)).__v=n.__v+1,k.vnode&&k.vnode(t),Et(i,t,n,e.__n,i.namespaceURI,32&n.__u?[r]:null,o,r||te(n),32&n.__u,s),t.__v=n.__v,t.__.__k[t.__i]=
t,Tn(o,t,s),n.__=n.__e=null,t.__e!=r&&vn(t))}function vn(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),
vn(e)}function mn(e){(8&e.__g||(e.__g|=8,ee.push(e),Qe++))&&St==k.debounceRendering||((St=k.debounceRendering)||queueMicrotask)(bn)}function bn(){try{for(var e,
t=1;ee.length;)ee.length>t&&ee.sort(gn),e=ee.shift(),t=ee.length,8&e.__g&&io(e)}finally{(Qe=ee.length)&&(St||queueMicrotask)(bn)}}function wn(e,t,n,r,o,s,i,a,f,m,u){
var g,d,c,h,y,v,S=r.__k||Ye,p=t.length;for(f=ao(n,t,S,f,p),g=0;g<p;g++)(c=n.__k[g])!=null&&(d=~c.__i&&S[c.__i]||Xe,c.__i=g,v=Et(e,c,d,o,s,i,a,f,m,u),h=c.__e,(d.
ref!=c.ref||8&d.__u)&&(d.ref&&At(d.ref,null,c,d),c.ref&&u.push(c.ref,c.__c||h,c)),y=y||h,4&c.__u?(f=Sn(c,f,e,!d.__v),d.__e&&(d.__e=null)):typeof c.type=="functi\
on"&&v!==void 0?f=v:h&&(f=h.nextSibling),c.__u&=-21);return n.__e=y,f}function ao(e,t,n,r,o){var s,i,a,f,m,u,g,d,c,h=n.length,y=h,v=0,S=0,p=e.__k=Array(o);for(s=
0;s<o;s++)(i=t[s])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i!="object"||i.constructor===String?i=p[s]=Ae(null,i):kt(i)?i=p[s]=Ae(E,{children:i}):
i.constructor===Ce&&i.__b?i=p[s]=Ae(i.type,i.props,i.key,i.ref,i.__v):p[s]=i,f=s+v,i.__=e,i.__b=e.__b+1,a=null,~(m=i.__i=lo(i,n,f,y))&&(y--,(a=n[m])&&(a.__u|=2)),
a&&a.__v?(i.__u|=16,m==f-1?v--:m==f+1?v++:m!=f&&(m>f?v--:v++,S=1)):(~m||(o>h?v--:o<h&&v++),typeof i.type!="function"&&(i.__u|=4))):p[s]=null;if(S){for(u=[],g=[],
s=0;s<o;s++)if((i=p[s])&&16&i.__u){for(v=0,d=u.length;v<d;)u[c=v+d>>1]<i.__i?v=c+1:d=c;u[v]=i.__i,g[s]=v+1}for(v=u.length;s--;)g[s]&&(g[s]==v?v--:p[s].__u|=4)}if(y)
for(s=0;s<h;s++)!(a=n[s])||2&a.__u||(a.__e==r&&(r=te(a)),Ct(a,a));return r}function Sn(e,t,n,r){var o,s,i,a;if(typeof e.type=="function"){if(e.props.__P)return t;
if(o=e.__k)for(s=0;s<o.length;s++)o[s]&&(o[s].__=e,t=Sn(o[s],t,n,!1));return t}for(t&&!t.parentNode&&(t=te(e))&&!t.parentNode&&(t=null),i=e.__e,a=t;a&&a.nodeType==
8;)a=a.nextSibling;for(i!=a&&(!r&&n.moveBefore&&i.parentNode?n.moveBefore(i,t):n.insertBefore(i,t||null)),t=i;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith(
"$s"););return t}function lo(e,t,n,r){var o,s=e.key,i=e.type,a=t[n],f=a&&!(2&a.__u);if(a===null&&s==null||f&&s==a.key&&i==a.type)return n;if(r>(f?1:0)){for(o=n-1;o>=0;o--)if((a=
t[o])&&!(2&a.__u)&&s==a.key&&i==a.type)return o;for(o=n+1;o<t.length;o++)if((a=t[o])&&!(2&a.__u)&&s==a.key&&i==a.type)return o}return-1}function dn(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function We(e,t,n,r,o){var s,i;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||dn(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||dn(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(i=xt[t]||(xt[t]=uo(t)),(e.__a||(e.__a={}))[t]=$t,s=t!=(t=t.replace(_n,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,i,s):e.removeEventListener(t,i,s));else{if(o=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function uo(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[Je]==null)t[Je]=$t++;else if(t[Je]<this.__a[e])return;return n(k.event?k.event(t):t)}}}function Et(e,t,n,r,o,s,i,a,f,m){
var u,g,d,c,h,y,v,S,p,_,x,U,I,Z,G,b,N,V,j=t.type;if(t.constructor!==Ce)return null;128&n.__u&&(f=32&n.__u,u=n.__c.__z)&&(t.__u|=f,g=s=[],u.nodeType==8?a=Ze(u,s):
s.push(u),a=s[0]||a),(u=k.__b)&&u(t);e:if(typeof j=="function"){d=i.length;try{if(S=t.props,p=(u=j.prototype)&&u.render,_=(u=j.contextType)&&r[u.__c],x=u?_?_.props.
value:u.__:r,(c=n.__c)?(t.__c=c,2&c.__g&&(c.__g|=1)):(p?t.__c=c=new j(S,x):(t.__c=c=new _e(S,x),c.constructor=j,c.render=fo),_&&_.sub(c),c.state||(c.state={}),c.
__n=r,c.__g|=8,c.__h=[],c.__k=[]),p&&(c.__s||(c.__s=c.state),j.getDerivedStateFromProps&&(c.__s==c.state&&(c.__s=le({},c.__s)),le(c.__s,j.getDerivedStateFromProps(
S,c.__s)))),h=c.props,y=c.state,c.__v=t,n.__c){if(S!==h&&p&&!j.getDerivedStateFromProps&&c.componentWillReceiveProps&&c.componentWillReceiveProps(S,x),t.__v==n.
__v&&!(8&c.__g)||!(4&c.__g)&&c.shouldComponentUpdate&&c.shouldComponentUpdate(S,c.__s,x)===!1){t.__v!=n.__v&&(c.props=S,c.state=c.__s,c.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(z){z&&(z.__=t)}),Ye.push.apply(c.__h,c.__k),c.__k=[],c.__h.length&&i.push(c),a=te(n);break e}c.componentWillUpdate&&c.componentWillUpdate(
S,c.__s,x),p&&c.componentDidUpdate&&c.__h.push(function(){c.componentDidUpdate(h,y,v)})}else p&&!j.getDerivedStateFromProps&&c.componentWillMount&&c.componentWillMount(),
p&&c.componentDidMount&&c.__h.push(c.componentDidMount);c.context=x,c.props=S,c.__P=e,c.__g&=-5,U=k.__r,I=p?25:0;do c.__g&=-9,U&&U(t),u=c.render(c.props,c.state=
c.__s,c.context);while(8&c.__g&&++I<25);p&&(Ye.push.apply(c.__h,c.__k),c.__k=[]),c.state=c.__s,c.getChildContext&&(r=le({},r,c.getChildContext())),p&&n.__c&&c.getSnapshotBeforeUpdate&&
(v=c.getSnapshotBeforeUpdate(h,y)),Z=u&&u.type===E&&u.key==null?u.props.children:u,S.__P&&(u=a,o=(e=S.__P).namespaceURI,f=s=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(z){z&&Ct(z,z)}),n.__k=null),a=n.__k?te(n,0):null),a=wn(e,kt(Z)?Z:[Z],t,n,r,o,s,i,a,f,m),S.__P&&(t.__e=null,a=u),t.__u&=-161,g&&g.some(ae),c.__h.length&&
i.push(c),1&c.__g&&(c.__g&=-4)}catch(z){if(i.length=d,t.__v=null,f||s)if(z&&z.then){if(t.__u|=128|f,s){for(~(N=s.indexOf(a||void 0))||(N=s.length);(V=s[N-1])&&V.
nodeType==8;)N--;for(;N<s.length;N++)if(V=s[N])if(s[N]=null,G){if(V==b)break}else{if(V.nodeType!=8)break;V.data.startsWith("$s")&&(b=Ze(G=V))}}if(!G){for(;a&&a.
nodeType==8&&a.nextSibling;)a=a.nextSibling;G=a}(u=Ze(G=t.__c.__z||(t.__c.__z=G)))?(t.__e=G,a=u):t.__e=a,a=a&&a.nextSibling}else s&&s.some(ae);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),z&&z.then||xn(t),k.__e(z,t,n)}}else a=t.__e=co(n.__e,t,n,r,o,s,i,f,m,e);return(u=k.diffed)&&u(t),a}function Ze(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function xn(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(xn))}function Tn(e,t,n){for(var r=0;r<n.length;)At(n[r++],n[r++],n[r++]);k.__c&&k.__c(t,e),e.some(
function(o){try{e=o.__h,o.__h=[],e.some(function(s){s.call(o)})}catch(s){k.__e(s,o.__v)}})}function co(e,t,n,r,o,s,i,a,f,m){var u,g,d,c,h,y,v,S,p=n.props||Xe,_=t.
props,x=t.type;if(x=="svg"?o="http://www.w3.org/2000/svg":x=="math"?o="http://www.w3.org/1998/Math/MathML":o||(o="http://www.w3.org/1999/xhtml"),s){for(u=0;u<s.
length;u++)if((h=s[u])&&(x?h.localName==x:h.nodeType==3)){e=h,s[u]=null;break}}if(!e){if(S=m.ownerDocument||document,!x)return S.createTextNode(_);e=S.createElementNS(
o,x,_.is?_:m),a&&(k.__m&&k.__m(t,s),a=!1),s=null}if(x){if(m=x=="template"&&e.content||e,s=x=="textarea"&&_.defaultValue!=null?null:s&&Mt.call(m.childNodes),!a&&
s)for(p={},u=0;u<e.attributes.length;u++)p[(h=e.attributes[u]).name]=h.value;for(u in p)h=p[u],u=="dangerouslySetInnerHTML"?d=h:u=="children"||u in _||u=="value"&&
"defaultValue"in _||u=="checked"&&"defaultChecked"in _||We(e,u,null,h,o);for(u in _)h=_[u],u=="children"?c=h:u=="dangerouslySetInnerHTML"?g=h:u=="value"?y=h:u==
"checked"?v=h:a&&typeof h!="function"||p[u]===h||We(e,u,h,p[u],o);g?(a||d&&(g.__html==d.__html||g.__html==e.innerHTML)||(e.innerHTML=g.__html),t.__k=[]):(d&&(e.
textContent=""),(x=="foreignObject"||o=="http://www.w3.org/1998/Math/MathML"&&so.test(x))&&(o="http://www.w3.org/1999/xhtml"),wn(m,kt(c)?c:[c],t,n,r,o,s,i,s?s[0]:
n.__k&&te(n,0),a,f),s&&s.some(ae)),a&&x!="textarea"||(u="value",x=="progress"&&y==null?e.removeAttribute(u):y==null||y===e[u]&&(x!="progress"||y)||We(e,u,y,p[u],
o),u="checked",v!=null&&v!=e[u]&&We(e,u,v,p[u],o))}else p===_||a&&e.data==_||(e.data=_);return e}function At(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&
(r=r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(o){k.__e(o,n)}}function Ct(e,t,n){var r,o,s,i;if(k.unmount&&k.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||At(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(a){k.__e(a,t)}r.__P=r.__n=null}
if(r=e.__k)for(i=0;i<r.length;i++)r[i]&&Ct(r[i],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(o=Ze(r,s=[]))&&(r==e.__e&&s.some(ae),ae(
o),ae(r)),n||ae(e.__e),e.__e=e.__c=e.__=null}function fo(e,t,n){return this.constructor(e,n)}function ri(e,t){var n,r,o,s;k.__&&k.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=Ae(E,{children:[e]}),o=[],s=[],Et(t,t.__k,r||Xe,Xe,t.namespaceURI,r?null:t.firstChild?Mt.call(t.childNodes):null,o,r?r.__e:t.
firstChild,n,s),Tn(o,t.__k,s),t.__k.props.children=null}k={__e:function(e,t,n,r){for(var o,s,i;t=t.__;)if((o=t.__c)&&!(1&o.__g)){o.__g|=4;try{if((i=(s=o.constructor)&&s.getDerivedStateFromError)&&o.setState(s.getDerivedStateFromError(
e)),o.componentDidCatch&&(o.componentDidCatch(e,r||{}),i=1),i&&8&o.__g)return void(o.__g|=2)}catch(a){e=a}}throw Qe=0,e}},hn=0,Tt=function(e){return e!=null&&e.
constructor===Ce},_e.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=le({},this.state)),typeof e=="function"&&(e=e(le({},n),this.props)),
e&&(le(n,e),this.__v&&(t&&this.__k.push(t),mn(this)))},_e.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),mn(this))},_e.prototype.render=
E,ee=[],Qe=0,gn=function(e,t){return e.__v.__b-t.__v.__b},Je=Symbol(),_n=/(PointerCapture)$|Capture$/i,$t=0,xt={},oo=0;var ue,O,Rt,$n,Ot=Object.is,et=0,Pn=[],Nt=[],R=k,kn=R.__b,Mn=R.__r,En=R.diffed,An=R.__c,Cn=R.unmount,Rn=R.__;function Oe(e,t){R.__h&&R.__h(O,e,et||t),et=0;var n=O.
__H||(O.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function D(e){return et=1,po(Ln,e)}function po(e,t,n){var r=Oe(ue++,2);if(r.t=e,!r.__c&&
(r.__=[n?n(t):Ln(void 0,t),function(s){var i=(r.__N||r.__)[0],a=r.t(i,s);Ot(i,a)||(r.__N=[a,r.__[1]],r.__c.setState({}))}],r.__c=O,!O.__f)){O.__f=!0;var o=O.shouldComponentUpdate;
O.shouldComponentUpdate=function(s,i,a){var f=this.__H;if(!f)return!0;var m=!1,u=this.props!=s;if(f.__.some(function(d){d.__N&&(m=!0,Ot(d.__[0],d.__N[0])||(u=!0))}),
o){var g=o.call(this,s,i,a);return m?g||u:g}return!m||u}}return r.__}function C(e,t){var n=Oe(ue++,3);!R.__s&&Lt(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,O.__H.__h.push(
n))}function tt(e,t){var n=Oe(ue++,4);!R.__s&&Lt(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,O.__h.push(n))}function P(e){return et=5,ye(function(){return{current:e}},[])}function ye(e,t){var n=Oe(ue++,7);return Lt(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function ve(){var e=Oe(ue++,11);if(!e.__){for(var t=O.__v;!t.__m&&t.__;)t=t.__;var n=t.__m||(t.__m=[0,0]);e.__="P"+n[0]+"-"+n[1]++}return e.__}function mo(){var e;
do{for(;e=Nt.shift();)try{Re(e)}catch(n){R.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Pn.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Re),t.__h.some(Pt),t.__h=[]}catch(n){
t.__h=[],R.__e(n,e.__v)}}}while(Nt.length)}R.__b=function(e){O=null,kn&&kn(e)},R.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Rn&&Rn(e,t)},R.__r=function(e){
Mn&&Mn(e),ue=0;var t=(O=e.__c).__H;t&&(Rt==O?O.__h=[]:(t.__h.some(Re),t.__h.some(Pt),ue=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})),
Rt=O},R.diffed=function(e){En&&En(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Nn(Pn.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),Rt=O=null},R.__c=function(e,t){
t.some(function(n){try{n.__h.some(Re),n.__h=n.__h.filter(function(r){return!r.__||Pt(r)})}catch(r){n.__h=[function(){throw r}]}}),An&&An(e,t)},R.unmount=function(e){
Cn&&Cn(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(o){try{if(o.__P&&o.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.__c.__P);)n=n.__;n=n&&n.__c}o.__P=n,
Nn(Nt.push(o))}else Re(o)}catch(s){t=s}}),r.__H=void 0,t&&R.__e(t,r.__v))};var On=typeof requestAnimationFrame=="function";function ho(e){var t,n=function(){clearTimeout(
r),On&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);On&&(t=requestAnimationFrame(n))}function Nn(e){e!=1&&$n==R.requestAnimationFrame||(($n=R.requestAnimationFrame)||
ho)(mo)}function Re(e){var t=O,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),O=t}function Pt(e){var t=O;e.__c=e.__(),O=t}function Lt(e,t){return!e||e.length!=
t.length||t.some(function(n,r){return!Ot(n,e[r])})}function Ln(e,t){return typeof t=="function"?t(e):t}var go=Symbol.for("pv"),_o=0;function l(e,t,n,r,o,s){t||(t={});var i,a,f=t;if("ref"in f&&typeof e!="function")for(a in f={},t)a=="ref"?i=t[a]:f[a]=t[a];var m={type:e,props:f,key:n,ref:i,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:go,__v:--_o,__i:-1,__u:0};return(o||s)&&(m.__source=o,m.__self=s),k.vnode&&k.vnode(m),m}function M(){return{read:e=>e??"",write:e=>e||null}}function B(e,t){return{read:n=>e.includes(n)?n:t,write:n=>n===t?null:n}}function be(){return{read:e=>e==="1",
write:e=>e?"1":null}}function Un(e,t){let n=new URLSearchParams(t),r={};for(let[o,s]of Object.entries(e))r[o]=s.read(n.get(o));return r}function In(e,t){let n=[];
for(let[r,o]of Object.entries(e)){let s=t[r],i=s===void 0?null:o.write(s);i!==null&&n.push(`${r}=${we(i)}`)}return n.length===0?"":`?${n.join("&")}`}function we(e){
return encodeURIComponent(e).replace(/%(20|2F|3A|2C|3D|40)/g,t=>t==="%20"?"+":decodeURIComponent(t))}var yo="/api/nines/v1",F=0;function Q(e,t={}){let n=Object.entries(t).flatMap(([r,o])=>o===void 0||o===""?[]:[`${r}=${we(String(o))}`]);return yo+e+(n.length===
0?"":`?${n.join("&")}`)}var W=class extends Error{constructor(n,r){super(n.detail??n.title);this.problem=n;this.url=r}problem;url};async function ne(e,t,n,r){let o;
try{o=await fetch(`${e}${e.includes("?")?"&":"?"}lang=${t}`,{signal:n,headers:{accept:"application/json",...r===void 0?{}:{"content-type":"application/json"}},...r===
void 0?{}:{method:"POST",body:r}})}catch(a){throw n?.aborted?a:new W({title:"unreachable",status:F},e)}let s=await o.json().catch(()=>null);if(o.ok&&s!==null)return s;
let i=typeof s=="object"&&s!==null?s:{};throw new W({...i,title:i.title??(o.statusText||String(o.status)),status:o.status},e)}function Ut(e,t){if(e<t)return e;let n=Math.floor(Math.log2(e))-Math.log2(t);return(n+1)*t+Math.floor(e/2**n)-t}function vo(e,t){if(e<t)return{fromUs:e,toUs:e};
let n=2**(Math.floor(e/t)-1),r=(e%t+t)*n;return{fromUs:r,toUs:r+n-1}}function Fn(e,t,n=[]){let{fromMs:r,toMs:o,stepMs:s,parts:i}=e,a=Math.floor(r/s)*s,f=Math.min(
4e3,Math.max(1,Math.floor((o-a)/s)+1)),m=t.flatMap(({bucket:h})=>h?[Ut(h.fromUs,i)]:[]);for(let h of n)m.push(Ut(h,i));let u=m.reduce((h,y)=>Math.min(h,y),1/0),
g=m.reduce((h,y)=>Math.max(h,y),-1/0),d=m.length===0?[]:Array.from({length:g-u+1},(h,y)=>vo(u+y,i)),c={fromMs:r,toMs:o,stepMs:s,columns:f,rows:d,spans:new Float64Array(
f*d.length),errors:new Float64Array(f*d.length),allSpans:new Float64Array(f),allErrors:new Float64Array(f)};for(let{atMs:h,bucket:y,spans:v,errors:S}of t){let p=Math.
round((h-a)/s);if(p<0||p>=f||(c.allSpans[p]+=v,c.allErrors[p]+=S,!y))continue;let _=p*d.length+Ut(y.fromUs,i)-u;c.spans[_]+=v,c.errors[_]+=S}return c}var Ft=(e,t)=>Math.
floor(e.fromMs/e.stepMs)*e.stepMs+t*e.stepMs;function mi(e,t){if(!t||e.rows.length===0)return null;let n=Ft(e,0),r=Math.max(0,Math.floor((t.fromMs-n)/e.stepMs)),
o=Math.min(e.columns-1,Math.ceil((t.toMs-n)/e.stepMs)-1),s=e.rows.findIndex(a=>a.toUs>=t.fromUs),i=e.rows.findLastIndex(a=>a.fromUs<=t.toUs);return r>o||s<0||i<
s?null:{c0:r,c1:o,r0:s,r1:i}}function di(e,{c0:t,c1:n,r0:r,r1:o}){return{fromMs:Math.max(e.fromMs,Ft(e,t)),toMs:Math.min(e.toMs,Ft(e,n+1)),fromUs:e.rows[r].fromUs,
toUs:e.rows[o].toUs}}function hi(e,t){let n={spans:0,errors:0};if(!t)return n;for(let r=t.c0;r<=t.c1;r++)for(let o=t.r0;o<=t.r1;o++)n.spans+=e.spans[r*e.rows.length+
o],n.errors+=e.errors[r*e.rows.length+o];return n}var gi=e=>({c0:0,c1:e.columns-1,r0:0,r1:e.rows.length-1});function _i(e,t,n){let r=e.rows.length,o=e.spans.subarray(
t*r,t*r+r),s=Math.max(1,Math.ceil(n*o.reduce((a,f)=>a+f,0))),i=0;for(let a=0;a<r;a++)if(i+=o[a],i>=s)return e.rows[a].toUs;return null}function Dn(e){let[t,n,r,
o,...s]=e.split(",").map(a=>/^\d{1,16}$/.test(a)?Number(a):NaN);return s.length===0&&t<n&&r<=o?{fromMs:t,toMs:n,fromUs:r,toUs:o}:null}var yi=e=>e?[e.fromMs,e.toMs,
e.fromUs,e.toUs].join(","):"",ce=1e3,fe=60*ce,re=60*fe,It=[ce,2*ce,5*ce,10*ce,15*ce,30*ce,fe,2*fe,5*fe,10*fe,15*fe,30*fe,re,2*re,3*re,6*re,12*re,24*re,48*re,168*
re];function vi(e,t,n,r){let o=It.find(i=>(t-e)/i<=n)??It[It.length-1],s=[];for(let i=Math.ceil((e+r)/o)*o-r;i<=t;i+=o)s.push(i);return{stepMs:o,at:s}}function bi(e,t,n){
let r=[];for(let i=1;i<=t;i*=10)r.push(i);let o=i=>i.filter(a=>a>=e&&a<=t),s=o(r);if(s.length>=3){let i=Math.ceil(s.length/Math.max(1,n));return s.filter((a,f)=>(s.
length-1-f)%i===0)}return o(r.flatMap(i=>[i,2*i,5*i])).slice(-n)}var Dt="nines.";function pe(e){try{return localStorage.getItem(Dt+e)}catch{return null}}function me(e,t){try{t===null?localStorage.removeItem(Dt+e):localStorage.
setItem(Dt+e,t)}catch{}}var bo={s:"second",m:"minute",h:"hour",d:"day",w:"week"},Kn=[["day",864e8],["hour",36e8],["minute",6e7],["second",1e6]];function Hn(e){for(let t=0;t<4;t++)if(Math.
abs(e-Number(e.toFixed(t)))<1e-9)return t;return 4}function nt(e){let t=e>=100?0:e>=10?1:2;return String(Number(e.toFixed(t)))}function Gn(e){let t=/^(\d+)(us|ms|s|m|h|d|w)$/.
exec(e);if(!t)return null;let n={us:1,ms:1e3,s:1e6,m:6e7,h:36e8,d:864e8,w:7*864e8}[t[2]];return Number(t[1])*(n??0)}function Bn(e){for(let[t,n]of Kn)if(e>=n)return[
Math.round(e/n),t];return[Math.round(e/1e6),"second"]}var qn=["B","kB","MB","GB","TB"];function wo(e){let t=0;for(;e>=999.5&&t<qn.length-1;)e/=1e3,t++;return`${t===
0?Math.round(e):nt(e)} ${qn[t]}`}function Vn(e,t="local"){let n=t==="utc"?"UTC":void 0,r=p=>t==="utc"?0:-new Date(p).getTimezoneOffset()*6e4,o=p=>Math.floor((p+
r(p))/864e5),s=e==="ko"?"ko-KR":"en-GB",i=new Intl.NumberFormat(s,{maximumFractionDigits:0}),a=new Intl.RelativeTimeFormat(s,{numeric:"always",style:e==="ko"?"l\
ong":"short"}),f=new Intl.DateTimeFormat(s,{timeZone:n,hour:"2-digit",minute:"2-digit",second:"2-digit",hourCycle:"h23"}),m=new Intl.DateTimeFormat(s,{timeZone:n,
month:"short",day:"numeric",hour:"2-digit",minute:"2-digit",hourCycle:"h23"}),u=new Intl.DateTimeFormat(s,{timeZone:n,hour:"2-digit",minute:"2-digit",hourCycle:"\
h23"}),g=new Intl.DateTimeFormat(s,{timeZone:n,month:"short",day:"numeric"}),d=new Intl.DateTimeFormat(s,{timeZone:n,year:"numeric",month:"short",day:"numeric",
hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3,hourCycle:"h23",timeZoneName:"short"}),c=new Intl.ListFormat(s,{style:"short",type:"co\
njunction"}),h=new Map;function y(p,_,x){let U=_+x,I=h.get(U);return I||(I=new Intl.NumberFormat(s,{style:"unit",unit:_,unitDisplay:x}),h.set(U,I)),I.format(p)}
function v(p,_,x){let U=`%${_}${x}`,I=h.get(U);return I||(I=new Intl.NumberFormat(s,{style:"percent",minimumFractionDigits:_,maximumFractionDigits:_,roundingMode:x?
"floor":"halfExpand"}),h.set(U,I)),I.format(p).replace("-","−").replace(/^−0(\.0+)?%$/,"0%")}function S(p){if(p<=0)return"0 ms";if(p<1e3)return`${Math.round(
p)} µs`;if(p<999500)return`${nt(p/1e3)} ms`;if(p<6e7)return`${nt(p/1e6)} s`;let[_,x]=p<36e8?["minute","second"]:p<864e8?["hour","minute"]:["day","hour"],U=Object.
fromEntries(Kn),I=Math.floor(p/U[_]),Z=Math.floor((p-I*U[_])/U[x]),G=y(I,_,"narrow");return Z===0?G:`${G} ${y(Z,x,"narrow")}`}return{count:p=>i.format(p),duration:S,
offset:p=>(p<0?"−":"+")+S(Math.abs(p)),length:p=>y(...Bn(p),"long"),window(p){let _=/^(\d+)([smhdw])$/.exec(p);return _?y(Number(_[1]),bo[_[2]],"long"):p},target:p=>v(
p,Hn(p*100),!1),sli(p,_){return p===null?"–":p===1?"100%":v(p,Math.max(2,Hn(_*100)),!0)},budget(p){if(p===null)return"–";let _=Math.abs(p);return v(p,_>0&&_<
.01?1:0,!1)},share:p=>v(p,p>0&&p<.1?1:0,!1),burn(p){return p===null?"–":`${p>=100?i.format(p):p.toFixed(1)}×`},time(p,_){return(o(p)===o(_)?f:m).format(p)},tick(p,_){
let x=(p+r(p))%864e5<6e4;return _>=24*36e5||x&&_>=36e5?g.format(p):(_>=6e4?u:f).format(p)},instant:p=>d.format(p),relative(p,_){let[x,U]=Bn(Math.abs(p-_)*1e3);return a.
format(p<=_?-x:x,U)},list:p=>c.format(p),bytes:wo,rate:p=>`${p>=1e3?i.format(p):p>0&&p<.01?"<0.01":nt(p)}/s`,offsetMs:r}}var So=Symbol.for("preact-signals");function it(){if(X>1)X--;else{var e,t=!1;for((function(){var o=ot;for(ot=void 0;o!==void 0;){var s=o.S;if(s.v===o.v)for(var i=s.
t;i!==void 0;i=i.x)i.i===o.i&&(i.i=s.i);o=o.o}})();Pe!==void 0;){var n=Pe;for(Pe=void 0,rt++;n!==void 0;){var r=n.u;if(n.u=void 0,n.f&=-3,!(8&n.f)&&zn(n))try{n.
c()}catch(o){t||(e=o,t=!0)}n=r}}if(rt=0,X--,t)throw e}}function Bt(e){if(X>0)return e();Ht=++xo,X++;try{return e()}finally{it()}}var Ne,A=void 0;function Le(e){
var t=A,n=Ne;A=void 0,Ne=void 0;try{return e()}finally{A=t,Ne=n}}var Pe=void 0,X=0,rt=0,xo=0,Ht=0,ot=void 0,st=0;function jn(e){if(A!==void 0){var t=e.n;if(t===
void 0||t.t!==A)return t={i:0,S:e,p:A.s,n:void 0,t:A,e:void 0,x:void 0,r:t},A.s!==void 0&&(A.s.n=t),A.s=t,e.n=t,32&A.f&&e.S(t),t;if(t.i===-1)return t.i=0,t.n!==
void 0&&(t.n.p=t.p,t.p!==void 0&&(t.p.n=t.n),t.p=A.s,t.n=void 0,A.s.n=t,A.s=t),t}}function L(e,t){this.v=e,this.i=0,this.n=void 0,this.t=void 0,this.l=0,this.W=
t?.watched,this.Z=t?.unwatched,this.name=t?.name}L.prototype.brand=So;L.prototype.h=function(){return!0};L.prototype.S=function(e){var t=this,n=this.t;n!==e&&e.
e===void 0&&(e.x=n,this.t=e,n!==void 0?n.e=e:Le(function(){var r;(r=t.W)==null||r.call(t)}))};L.prototype.U=function(e){var t=this;if(this.t!==void 0){var n=e.e,
r=e.x;n!==void 0&&(n.x=r,e.e=void 0),r!==void 0&&(r.e=n,e.x=void 0),e===this.t&&(this.t=r,r===void 0&&Le(function(){var o;(o=t.Z)==null||o.call(t)}))}};L.prototype.
subscribe=function(e){var t=this;return Y(function(){var n=t.value;Le(function(){return e(n)})},{name:"sub"})};L.prototype.valueOf=function(){return this.value};
L.prototype.toString=function(){return this.value+""};L.prototype.toJSON=function(){return this.value};L.prototype.peek=function(){var e=this;return Le(function(){
return e.value})};Object.defineProperty(L.prototype,"value",{get:function(){var e=jn(this);return e!==void 0&&(e.i=this.i),this.v},set:function(e){if(e!==this.v){
if(rt>100)throw new Error("Cycle detected");(function(n){X!==0&&rt===0&&n.l!==Ht&&(n.l=Ht,ot={S:n,v:n.v,i:n.i,o:ot})})(this),this.v=e,this.i++,st++,X++;try{for(var t=this.
t;t!==void 0;t=t.x)t.t.N()}finally{it()}}}});function w(e,t){return new L(e,t)}function zn(e){for(var t=e.s;t!==void 0;t=t.n)if(t.S.i!==t.i||!t.S.h()||t.S.i!==t.
i)return!0;return!1}function Wn(e){for(var t=e.s;t!==void 0;t=t.n){var n=t.S.n;if(n!==void 0&&(t.r=n),t.S.n=t,t.i=-1,t.n===void 0){e.s=t;break}}}function Jn(e){
for(var t=e.s,n=void 0;t!==void 0;){var r=t.p;t.i===-1?(t.S.U(t),r!==void 0&&(r.n=t.n),t.n!==void 0&&(t.n.p=r)):n=t,t.S.n=t.r,t.r!==void 0&&(t.r=void 0),t=r}e.s=
n}function de(e,t){L.call(this,void 0,t),this.x=e,this.s=void 0,this.g=st-1,this.f=4}de.prototype=new L;de.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;
if((36&this.f)==32||(this.f&=-5,this.g===st))return!0;if(this.g=st,this.f|=1,this.i>0&&!zn(this))return this.f&=-2,!0;var e=A;try{Wn(this),A=this;var t=this.x();
(16&this.f||this.v!==t||this.i===0)&&(this.v=t,this.f&=-17,this.i++)}catch(n){this.v=n,this.f|=16,this.i++}return A=e,Jn(this),this.f&=-2,!0};de.prototype.S=function(e){
if(this.t===void 0){this.f|=36;for(var t=this.s;t!==void 0;t=t.n)t.S.S(t)}L.prototype.S.call(this,e)};de.prototype.U=function(e){if(this.t!==void 0&&(L.prototype.
U.call(this,e),this.t===void 0)){this.f&=-33;for(var t=this.s;t!==void 0;t=t.n)t.S.U(t)}};de.prototype.N=function(){if(!(2&this.f)){this.f|=6;for(var e=this.t;e!==
void 0;e=e.x)e.t.N()}};Object.defineProperty(de.prototype,"value",{get:function(){if(1&this.f)throw new Error("Cycle detected");var e=jn(this);if(this.h(),e!==void 0&&
(e.i=this.i),16&this.f)throw this.v;return this.v}});function J(e,t){return new de(e,t)}function Zn(e){var t=e.j;if(e.j=void 0,typeof t=="function"){X++;var n=A;
A=void 0;try{t()}catch(r){throw e.f&=-2,e.f|=8,qt(e),r}finally{A=n,it()}}}function qt(e){for(var t=e.s;t!==void 0;t=t.n)t.S.U(t);e.x=void 0,e.s=void 0,Zn(e)}function To(e){
if(A!==this)throw new Error("Out-of-order effect");Jn(this),A=e,this.f&=-2;try{8&this.f&&qt(this)}finally{it()}}function Se(e,t){this.x=e,this.j=void 0,this.s=void 0,
this.u=void 0,this.f=32,this.name=t?.name,Ne&&Ne.push(this)}Se.prototype.c=function(){var e=this.S();try{if(8&this.f||this.x===void 0)return;var t=this.x();typeof t==
"function"&&(this.j=t)}finally{e()}};Se.prototype.S=function(){if(1&this.f)throw new Error("Cycle detected");this.f|=1,this.f&=-9,Zn(this),Wn(this),X++;var e=A;
return A=this,To.bind(this,e)};Se.prototype.N=function(){2&this.f||(this.f|=2,this.u=Pe,Pe=this)};Se.prototype.d=function(){this.f|=8,1&this.f||qt(this)};Se.prototype.
dispose=function(){this.d()};function Y(e,t){var n=new Se(e,t);try{n.c()}catch(o){throw n.d(),o}var r=n.d.bind(n);return r[Symbol.dispose]=r,r}var Qn,lt,at,$o=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var Xn=[];Y(function(){Qn=this.N})();function xe(e,t){k[e]=t.bind(null,k[e]||function(){})}function Ue(e){if(at){var t=at;at=void 0,t()}at=e&&e.S()}function Yn(e){
var t=this,n=e.data,r=Mo(n);r.name="ReactiveDom",r.value=n;var o=ye(function(){for(var a=t,f=t.__v;f=f.__;)if(f.__c){f.__c.__$f|=4;break}var m=J(function(){var c=r.
value.value;return c===0?0:c===!0?"":c||""}),u=J(function(){return!Array.isArray(m.value)&&!Tt(m.value)}),g=Y(function(){if(this.N=er,u.value){var c=m.value;a.__v&&
a.__v.__e&&a.__v.__e.nodeType===3&&(a.__v.__e.data=c)}}),d=t.__$u.d;return t.__$u.d=function(){g(),d.call(this)},[u,m]},[]),s=o[0],i=o[1];return s.value?i.peek():
i.value}Yn.displayName="ReactiveTextNode";Object.defineProperties(L.prototype,{constructor:{configurable:!0,value:yn(E,null).constructor},type:{configurable:!0,
value:Yn},props:{configurable:!0,get:function(){var e=this;return{data:{get value(){return e.value}}}}},__b:{configurable:!0,value:1}});xe("__b",function(e,t){if(Ue(),
lt=void 0,typeof t.type=="string"){var n,r=t.props;for(var o in r)if(o!=="children"){var s=r[o];s instanceof L&&(n||(t.__np=n={}),n[o]=s,r[o]=s.peek())}}e(t)});
xe("__r",function(e,t){if(e(t),t.type!==E){Ue();var n,r=t.__c;r&&(r.__$f&=-2,(n=r.__$u)===void 0&&(r.__$u=n=(function(o,s){var i;return Y(function(){i=this},{name:s}),
i.c=o,i})((function(o){return function(){var s;$o&&((s=this.y)==null||s.call(this)),o.__$f|=1,o.setState({})}})(r),typeof t.type=="function"?t.type.displayName||
t.type.name:""))),lt=r,Ue(n)}});xe("__e",function(e,t,n,r){Ue(),lt=void 0,e(t,n,r)});xe("diffed",function(e,t){Ue(),lt=void 0;var n;if(typeof t.type=="string"&&
(n=t.__e)){var r=t.__np,o=t.props,s=n.U;if(s)for(var i in s){var a=s[i];a===void 0||r&&i in r||(a.d(),s[i]=void 0)}if(r){s||(s={},n.U=s);for(var f in r){var m=s[f],
u=r[f];m===void 0?(m=ko(n,f,u,o),s[f]=m):m.o(u,o)}}}e(t)});function ko(e,t,n,r){var o=t in e&&e.ownerSVGElement===void 0,s=w(n);return{o:function(i,a){s.value=i,
r=a},d:Y(function(){this.N=er;var i=s.value.value;r[t]!==i&&(r[t]=i,o?e[t]=i:i!=null&&(i!==!1||t[4]==="-")?e.setAttribute(t,i):e.removeAttribute(t))})}}xe("unmo\
unt",function(e,t){if(typeof t.type=="string"){var n=t.__e;if(n){var r=n.U;if(r){n.U=void 0;for(var o in r){var s=r[o];s&&s.d()}}}var i=t.__np;if(i){var a=t.props;
for(var f in i)a[f]=i[f]}t.__np=void 0}else{var m=t.__c;if(m){m.__$f|=8;var u=m.__$u;u&&(m.__$u=void 0,u.d())}}e(t)});xe("__h",function(e,t,n,r){r<3&&(t.__$f|=2),
e(t,n,r)});_e.prototype.shouldComponentUpdate=function(e,t){if(this.__R)return!0;var n=this.__$u,r=n&&n.s!==void 0;for(var o in t)return!0;if(this.__f||typeof this.
u=="boolean"&&this.u===!0){var s=2&this.__$f;if(!(r||s||4&this.__$f)||1&this.__$f)return!0}else if(!(r||4&this.__$f)||3&this.__$f)return!0;for(var i in e)if(i!==
"__source"&&e[i]!==this.props[i])return!0;for(var a in this.props)if(!(a in e))return!0;return!1};function Mo(e,t){return ye(function(){return w(e,t)},[])}var Eo=function(e){queueMicrotask(function(){queueMicrotask(e)})};function Ao(){Bt(function(){for(var e;e=Xn.shift();)Qn.call(e)})}function er(){Xn.push(this)===1&&(k.requestAnimationFrame||Eo)(Ao)}function Co(){let e={lang:"",version:"",path:"",data:{}};if(typeof document>"u")return e;let t=document.getElementById("boot")?.textContent??"";try{return{...e,
lang:document.documentElement.lang,...JSON.parse(t)}}catch{return{...e,lang:document.documentElement.lang}}}var Te=Co();var $=(e,t,n)=>e===1?t:n;var tr={alerts:{title:"Alerts",table:"Alerts and their state",states:{active:"Active",firing:"Firing",pending:"Pending",frozen:"Frozen",all:"All",inactive:"Inac\
tive"},find:"Find by SLO, service or severity",state:"State",alert:"Alert",since:"Since",burn:"Burn",burnText:(e,t,n)=>`${e} over ${t}, limit ${n}`,care:"Who ta\
kes care",acknowledge:"Acknowledge",acknowledged:(e,t)=>`${e}, ${t}`,nobody:"somebody",yourName:"Your name",ackText:e=>`${e}: whoever is told of it is not told \
again until it ends.`,ackFailed:e=>`Not acknowledged: ${e}`,cancel:"Cancel",silenced:(e,t)=>`silenced by ${e} until ${t}`,told:e=>`told: ${e}`,frozen:{stale:"co\
unting lags behind",coverage:"too little was measured",empty:"no events any more"},traces:"Traces",tracesOf:e=>`Failing traces of ${e}`,quiet:"Nothing fires",quietText:"\
No alert is pending, firing or frozen.",nothing:"No alert matches.",showAll:"Show all",history:"History",noHistory:"No alert has changed yet.",more:"Older",who:"\
Who is told",nobodyTold:"Nobody: no target is configured. Alerts are on this page, in `nines alert list` and at the gate only.",target:"Target",kind:"Type",waiting:"\
Waiting",givenUp:"Given up",silences:"Silences",delivers:"Delivers",failing:"Fails",failingText:(e,t,n)=>`since ${e}, ${t} ${$(t,"try","tries")}: ${n}`}};var nr={definitions:{title:"Definitions",refused:e=>`Definitions refused: ${e} ${$(e,"fault","faults")}. The last good set is in force.`,inForceSince:e=>`in for\
ce since ${e}`,show:"Show faults",generation:"Generation",generationHint:"How many different sets were in force here",loaded:"In force since",objects:"Objects",
files:"Files",nFiles:e=>`${e} ${$(e,"file","files")}`,watched:e=>`Watched: ${e}`,builtIn:"Built into the program",faults:"Faults of the refused set",refusedAt:e=>`\
refused ${e}`,warnings:"Warnings of the set in force",sound:"Nothing is wrong with them.",error:"Fault",warning:"Warning",copyPlace:e=>`Copy ${e}`,inForce:"In f\
orce",find:"Find by kind, name or file",all:"All",kind:"Kind",name:"Name",place:"Place",nothing:"No object matches.",emptyTitle:"Nothing is defined",more:e=>`${e}\
 more: narrow the list by its filter.`}};var rr={map:{title:"Service map",focus:"Focus",everything:"Everything",hops:"Calls away",min:"Hide calls below",minOf:e=>e==="0"?"none":`${e}%`,view:"View",graph:"\
Graph",table:"Table",find:"Find service",folded:e=>`+${e} quiet ${$(e,"service","services")}`,unfold:"Show all",fold:"Only the busy",weak:e=>`${e} weak ${$(e,"l\
ine","lines")} hidden`,over:e=>`Rates are the mean over: ${e}`,label:(e,t)=>`Map of ${e} ${$(e,"service","services")} and ${t} ${$(t,"line","lines")}. The table\
 has the same.`,node:(e,t,n,r)=>`${e}, ${t}, ${n}, ${r} failing`,p95:e=>`p95 ${e}`,kinds:{service:"service",database:"database",queue:"queue",external:"external"},
alarming:"an alert fires",zoomIn:"Zoom in",zoomOut:"Zoom out",fit:"Whole map",walk:"Along calls, up and down",details:"Details",close:"Close details",focusHere:"\
Focus here",traces:"Traces of this service",through:"Traces through this line",throughEdge:(e,t)=>`Traces from ${e} to ${t}`,rate:"Calls",errors:"Failing",slow:"\
p95",slos:"SLOs",noSlos:"No SLO is about this service.",callers:"Called by",called:"Calls",lines:"Calls between services",services:"Services",from:"From",to:"To",
kind:"Kind",status:"Status",p50:"p50",p99:"p99",emptyTitle:"No calls between services in this time",emptyText:"The map is drawn from spans that call each other \
across services.",noFocus:e=>`${e} calls nobody in this time, and nobody calls it.`,legendWidth:"line width: calls a second, logarithmic",legendRed:"red core: s\
hare that failed"}};var or={settings:{title:"Settings",appearance:"Appearance",thisBrowser:"Kept in this browser",density:"Rows",comfortable:"Comfortable",dense:"Dense",zone:"Times",
local:e=>`Local (${e})`,utc:"UTC",server:"Server",version:"Version",commit:"Commit",started:"Started",listen:"Addresses",storage:"Storage",dataDir:"Data directo\
ry",definitions:"Definitions",memory:"Memory",memoryOf:(e,t)=>`${e} of ${t}`,cpu:"Processor time",threads:"Threads, open files",held:"What is stored",spans:"Spa\
ns",inMemory:e=>`${e} in memory`,onDisk:"Blocks",inbox:"Inbox",history:"Histograms",perSpan:"a span",retention:"Retention",keeps:e=>`Spans are kept for ${e}`,keepsBytes:(e,t)=>`\
Spans are kept for ${e} and up to ${t}`,keepsAll:"Nothing is removed here.",next:e=>`The oldest block goes ${e}.`,byDay:"By day of arrival",day:"Day",bytes:"Byt\
es",bySection:"By part of a block",part:"Part",byColumn:"By column",byColumnHint:"Looks at every block.",measure:"Measure",column:"Column",limits:"Limits in for\
ce",limit:"Limit",value:"At most",limitOf:{body_bytes_max:"a message on the wire",inflated_bytes_max:"a message when inflated",in_flight_bytes_max:"messages bei\
ng taken at once",connections_max:"open connections",services_max:"services listed",names_per_service_max:"names of a service",groups_held_max:"groups of an agg\
regate",filter_chars_max:"characters of a filter",terms_max:"terms of a filter"},keys:"Keyboard"}};var sr=e=>e==="0"?"":`, ${e} failed`,ir={chart:{heatmap:"heat-map",hint:"Drag a box to select.",hintZoom:"Drag a box to select. Drag over the columns to zoom in\
.",keys:"Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",cell:(e,t,n,r,o,s,i)=>`${e} – ${t} · ${n}\
 – ${r} · ${s} ${$(o,"span","spans")}${sr(i)}`,column:(e,t,n,r,o)=>`${e} – ${t} · ${r} ${$(n,"span","spans")}${sr(o)}`,dot:(e,t,n)=>`${e} · ${t}${n?" · f\
ailed":""}`,asTable:"View as table",asChart:"View as chart",time:"From",spans:"Spans",errors:"Errors",median:"Median",p99:"99th percentile"}};var ar={state:{loading:"Loading…",page:"The page",failed:e=>`${e} could not be loaded`,unreachable:"The server does not answer. The page tries again by itself\
.",retry:"Try again",diagnostic:"Copy diagnostic",stale:e=>`As of ${e}`,notFoundTitle:"There is no such page",notFoundText:e=>`Nothing lives at ${e}.`,notFoundGo:"\
Go to the overview"},status:{missed:"Missing the target",low:"Budget below a quarter",held:"Releases held",burning:"Burning fast",spent:"Budget spent",risk:"At \
risk",healthy:"Healthy",none:"No data",all:"All"}};var lr={compare:{title:"Compare two traces",mark:"Mark for comparison",unmark:"Take the mark off",marked:"Marked. Open another trace and press m to compare them\
.",unmarked:"The mark is off.",withMarked:"Compare with the marked trace",otherId:"Id of the other trace",go:"Compare",badId:"A trace id is 16 or 32 characters \
from 0-9 and a-f.",heading:(e,t)=>`${e} and ${t}`,traceA:"Trace A",traceB:"Trace B",swap:"Swap A and B",open:e=>`Open ${e}`,difference:"Difference",all:"All spa\
ns",differing:"Differences",show:"Spans shown",tree:"Spans of both traces",span:"Service and operation",onlyA:"only in A",onlyB:"only in B",onlyATitle:"Only in \
A",onlyBTitle:"Only in B",moreCalls:"Far more calls",selfTime:"Self time that differs most",nothing:"none",calls:(e,t)=>`${e} → ${t} calls`,times:e=>`${e} tim\
es`,same:"no change",slower:e=>`${e} slower`,faster:e=>`${e} faster`,tags:"Tags that differ",tagsSame:"All tags are the same.",selectHint:"Select a row to compa\
re its tags.",nothingDiffers:"Nothing differs by more than one hundredth of the trace.",missing:e=>`Trace ${e} is not here`,nextDifference:"Next, previous diffe\
rence"}};var ur={overview:{title:"Overview",numbers:"At a glance",meeting:"SLOs meeting target",meetingOf:(e,t)=>`${e} / ${t}`,unmeasured:e=>`${e} without data`,worst:"L\
owest budget",burning:"Burning now",burningNone:"none pages",gate:"Release gate",gateHeld:(e,t)=>`${e} of ${t} services held`,gateFree:e=>`all ${e} services may\
 release`,stories:"User stories",storiesNone:"No user story is defined.",storyOwner:e=>`owned by ${e}`,changed:"What changed",changes:"The changes",changedNone:"\
Nothing yet. Deploys, gate decisions and loaded definitions appear here.",emptyTitle:"No SLO is loaded",emptyText:"An SLO says which requests count and how many\
 of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",emptySince:e=>`Watched for definitions: ${e}`,filtered:(e,t)=>`${e}\
 of ${t} SLOs`,clear:"Show all",story:e=>`Story: ${e}`,storyBudget:e=>`${e} budget left`,storyTraces:e=>`${e} of traces good`,storyTracesLink:"Traces of this st\
ory",chain:e=>`Steps of ${e}`,suggested:"Suggested from what was received",achieved:(e,t,n,r)=>`${e} of ${t} requests in ${n}: promise ${r}`,copyYaml:"Copy defi\
nition",stepsTitle:(e,t)=>`First steps: ${e} of ${t}`,stepsDismiss:"Dismiss",steps:{span:"First span",slo:"First SLO",alert:"Alert channel",policy:"Policy",deploy:"\
Deploy marks"},stepsHow:{span:"How to send one",slo:"Suggested SLOs"},stepDone:"done",stepOpen:"open"}};var cr={nav:{label:"Pages",overview:"Overview",slos:"SLOs",traces:"Traces",map:"Service map",alerts:"Alerts",definitions:"Definitions",settings:"Settings",skip:"\
Skip to content"},shell:{jump:"Search or jump to…",appearance:"Theme and language",theme:"Theme",system:"System",light:"Light",dark:"Dark",language:"Language",
help:"Keyboard shortcuts",share:"Share",close:"Close",live:"Live",livePaused:"Paused",liveWaiting:"Reconnecting",livePolling:"Every 10 s",liveHint:"The page fol\
lows the server while it is visible.",copied:e=>`Copied: ${e}`,copyFailed:"The browser did not allow copying.",copy:"Copy",version:e=>`nines ${e}`,title:e=>`${e}\
 · nines`},palette:{label:"Search or jump",placeholder:"Page, SLO, service or trace id",none:"Nothing by that name.",page:"Page",slo:"SLO",service:"traces of t\
his service",trace:"Open trace",action:"Action",copyLink:"Copy link to this page",copyPinned:"Copy link to this moment",copyCommand:"Copy as command",useTheme:e=>`\
Theme: ${e}`,useLanguage:e=>`Language: ${e}`,results:e=>`${e} ${$(e,"result","results")}`},keys:{groupGlobal:"Everywhere",groupList:"Lists",groupTrace:"Trace",groupSlo:"\
An SLO",acknowledge:"Acknowledge the alert",nextMarker:"Next mark on the line",previousMarker:"Previous mark",palette:"Search or jump",filter:"Go to the filter",
help:"This sheet",goOverview:"Go to Overview",goSlos:"Go to SLOs",goTraces:"Go to Traces",goMap:"Go to Service map",goAlerts:"Go to Alerts",goDefinitions:"Go to\
 Definitions",goSettings:"Go to Settings",copyLink:"Copy link",copyCommand:"Copy as command",next:"Next row",previous:"Previous row",open:"Open",openTab:"Open i\
n a new tab",collapse:"Collapse, expand",collapseAll:"Collapse all, expand all",level:"One level for all",zoom:"Zoom in, out",pan:"Move left, right",fit:"Fit th\
e selected span",reset:"Whole trace",critical:"Critical path",error:"Next, previous error",match:"Next, previous match",singleKeys:"Use single-key shortcuts",foldLike:"\
Fold calls like this one",foldAll:"Fold all repeated calls",root:"Only this subtree, whole trace",view:"Timeline, flame, table, map, JSON"}};var fr={slo:{title:"SLOs",table:"Service level objectives",name:"SLO",story:"Story",service:"Service",target:"Target",now:"Now",budget:"Budget left",burn:"Burn \
1h / 6h",runsOut:"Runs out",status:"Status",budgetOf:e=>`${e}: budget left`,find:"Find SLO, service or story",nothing:"No SLO matches.",groupBy:"Group",groups:{
none:"None",story:"Story",service:"Service",team:"Team"},ungrouped:"None of these",sortBy:"Order",sorts:{risk:"Risk",budget:"Budget left",burn:"Burn",name:"Name"},
sparkOf:(e,t)=>`${e}: budget left over ${t}`,estimate:"An estimate: some events were not seen one by one",rawIs:e=>`${e} with what is excluded`,window:e=>`${e} \
rolling`,calendar:(e,t)=>`each ${e} by the calendar of ${t}`,heldHint:"This SLO holds the releases of its service.",left:e=>`${e} budget left`,detailTarget:e=>`\
Target ${e}`,goodBad:(e,t)=>`${e} good, ${t} bad`,goodBadSlices:(e,t)=>`${e} good, ${t} bad time slices`,exceeded:e=>`${e} bad over what is allowed`,leftOver:e=>`${e}\
 more bad possible`,outage:e=>`≈ ${e} of everything failing, at this traffic`,oneFailure:e=>`Low traffic: 1 failure = ${e} of the budget`,coverage:e=>`${e} of\
 the window measured`,report:"Print report",objectives:"Objectives",composite:"All together",budgetOverTime:"Error budget over time",budgetRolling:e=>`Error bud\
get, ${e} rolling`,budgetCalendar:e=>`Error budget, each ${e}, against the traffic forecast for it`,shows:"The chart shows",tabs:{budget:"Budget left",sli:"SLI",
requests:"Requests"},chartText:(e,t,n,r,o,s)=>`${e} went from ${t} to ${n} between ${r} and ${o}; ${s} ${$(s,"thing","things")} happened beside it.`,chartNone:"\
Not measured long enough for a line.",chartHint:"Drag to zoom, double-click for the whole window, click a mark to compare before and after.",lanes:{deploy:{short:"\
deploy",long:"Deploy"},alert:{short:"alert",long:"Alert"},gate:{short:"gate",long:"Release gate"},policy:{short:"policy",long:"Policy"},freeze:{short:"freeze",long:"\
Freeze"},exclusion:{short:"excl.",long:"Excluded"}},below:(e,t)=>`${e} down to ${t}`,cameBack:(e,t)=>`+${e}: failures of ${t} left the window`,until:"Until",good:"\
Good",bad:"Bad",happened:"What happened",zoomIn:"Zoom in",earlier:"Earlier",wholeWindow:"Whole window",nMarkers:e=>`${e} ${$(e,"mark","marks")}`,markerBefore:"P\
revious",markerAfter:"Next",untilTime:e=>`until ${e}`,beforeAfter:(e,t,n,r)=>`Failing before: ${e} of ${t}. After: ${n} of ${r}.`,tracesOfVersion:e=>`Traces of ${e}`,
burnByWindow:"Burn by window",burnWindow:"Windows",burnRate:"Burn",burnLimit:"Alerts at",burnState:"State",pair:(e,t)=>`${e} & ${t}`,unreachable:"cannot be reac\
hed",firing:"Firing",recovering:"Recovering",rising:"Rising",quiet:"OK",pace:e=>`At this pace the rest of the budget lasts ${e}.`,paceLasts:"At this pace the bu\
dget lasts.",paceGone:"The budget is spent.",latency:"Latency, good and failing",latencyText:"Requests over time and duration; failing ones are marked",latencyNone:"\
No single requests to draw: nothing is stored in this time, or events are made of several spans.",threshold:"Threshold",share:"What failing requests share",shareNoBad:"\
No failing request is stored in this time.",shareNone:e=>`${e} ${$(e,"failing request shares","failing requests share")} nothing that good ones lack.`,value:"Va\
lue",ofBad:"Failing",ofGood:"Good",looked:(e,t)=>`Of ${e} failing requests, the newest, and ${t} from all of the time.`,include:(e,t)=>`Include: failing request\
s with ${e}=${t}`,exclude:(e,t)=>`Exclude: failing requests without ${e}=${t}`,seeAll:(e,t)=>`All requests with ${e}=${t}`,seeTraces:"See traces",selected:(e,t,n,r)=>`\
Selected: ${e} – ${t}, ${n} – ${r}`,clearSelection:"Clear",spentIt:"Traces that spent it",when:"Ended",request:"Request",took:"Took",ofBudget:"Of the budget",
moreBad:e=>`and ${e} more`,allTraces:"Search all of them",whatIf:"What if…",wouldUse:(e,t,n,r)=>`With ${e}${t?` and ${t}`:""} the last ${n} would have used ${r}\
 of the budget.`,pagesAre:e=>`It paged ${e} ${$(e,"time","times")}.`,pagesWould:(e,t)=>`The target would have paged ${e} ${$(e,"time","times")} instead of ${t}.`,
whatIfStored:"Other thresholds are counted from stored requests; pages are those of the threshold in force.",propose:"Propose",proposeHow:"Nothing changes here:\
 put this into the file, let somebody review it, and load it.",reset:"Reset",policy:"Policy",inState:(e,t)=>`State ${e} of ${t}`,gateTitle:"Release policy",gateAllowed:"\
Releases allowed",gateAsk:"Ask the gate",gateRecorded:e=>`Recorded: ${e}`,rule:"Rule",ruleDefault:"Default: held where a budget is empty, a page fires, or a mea\
surement is missing.",stateAbove:e=>`above ${e}`,stateRest:"below that",stateSince:(e,t)=>`${e} since ${t}`,doesFreeze:"freezes",doesAllow:e=>`only ${e}`,doesApprove:e=>`\
approval for ${e}`,doesLimit:e=>`${e} deploys a day`,doesCanary:e=>`canary up to ${e}%`,inputs:"Inputs",inputsNone:"Nothing stands against a release.",freeze:(e,t,n)=>`\
Freeze ${e} until ${t}: ${n}`,result:"Result",changesAt:e=>`Something known changes at ${e}.`,override:"Override",tokens:(e,t,n,r)=>`${e} of ${t} ${$(t,"excepti\
on","exceptions")} left in ${n}; ${r?"somebody other than the requester approves":"anybody approves"}.`,exception:(e,t,n)=>`Change ${e} may pass until ${n}, app\
roved by ${t}.`,alerts:"Alerts",alertsNone:"This objective has no alerts of its own.",severities:{page:"Page",ticket:"Ticket",unmeasured:"No data"},alertStates:{
inactive:"Quiet",pending:"Pending",firing:"Firing",frozen:"Frozen"},since:e=>`since ${e}`,acknowledge:"Acknowledge",acked:"Acknowledged: it is not told again.",
ackNone:"No alert fires here.",acknowledgedBy:(e,t)=>`Taken care of${e?` by ${e}`:""} since ${t}`,silencedBy:(e,t,n)=>`Silenced by ${e} until ${t}: ${n}`,byTag:e=>`\
By ${e}`,history:"History",month:"Month",countedFrom:e=>`Counted from ${e} on.`,estimatedUntil:e=>`Before ${e} by histograms alone: an estimate.`,monthReport:(e,t,n)=>`${e}\
: ${t}, ${n} budget left`,nAmendments:e=>`${e} ${$(e,"stretch","stretches")} amended since`,excluded:(e,t,n,r)=>`Excluded by ${e} (${t}; approved by ${n}): ${r}\
 events`,amended:(e,t,n)=>`Amended from ${e}: ${t} good+bad before, ${n} now`,definedIn:"Defined in",unknown:e=>`No SLO is called ${e}.`,toAll:"All SLOs"}};var pr={trace:{title:"Trace",spanCount:(e,t)=>`${t} ${$(e,"span","spans")}`,serviceCount:e=>`${e} ${$(e,"service","services")}`,errorCount:(e,t)=>`${t} ${$(e,"e\
rror","errors")}`,duration:"Duration",critical:"Critical path",json:"JSON",jsonHint:"The trace as Zipkin's JSON",copyId:"Copy the trace id",find:"Find: a word o\
f a name or tag, status=503, duration>20ms, >2.5%",findLabel:"Find in trace",findCount:(e,t)=>`${e} / ${t}`,findNone:"no match",findNext:"Next match",findPrevious:"\
Previous match",zoomIn:"Zoom in",zoomOut:"Zoom out",zoomReset:"Whole trace",collapseAll:"Collapse all",expandAll:"Expand all",dockRight:"Details at the right",dockBelow:"\
Details below",minimap:"Drag to look at a part of the time",grid:e=>`Spans of ${e}`,missing:(e,t,n)=>`${t} ${$(e,"parent","parents")} did not arrive (${n}); the\
 spans below stand under the nearest span known.`,skew:e=>`Clocks disagreed, and their spans were moved inside the calls that caused them: ${e}.`,hidden:e=>`+${e}`,
hiddenLabel:e=>`${e} spans below`,startsAt:e=>`starts at ${e}`,error:"error",errorStatus:e=>`error ${e}`,onCritical:"on the critical path",unnamed:"(unnamed)",unknownService:"\
(unknown)",notFound:"This trace is not here",notFoundText:e=>`No span of ${e} is stored: it never arrived, was sampled out, or its retention is over.`,badId:e=>`${e}\
 is not a trace id: 16 or 32 characters from 0-9 and a-f.`,toTraces:"Search traces",openTooLarge:"A trace to open may have 10 MiB at most.",timeline:"Timeline",
flameView:"Flame",tableView:"Table",mapView:"Map",views:"Ways to look at it",flame:e=>`${e} as a flame: arrows go to the caller, the first call and its neighbou\
rs`,flameHint:"Point at a bar, or press the arrow keys.",map:e=>`Services of ${e}`,mapNone:"No service calls another one here.",peer:"reports nothing itself",caller:"\
Caller",callee:"Called",calls:"Calls",meanTime:"Mean time",times:e=>`×${e}`,foldedCalls:e=>`${e} calls folded, together`,foldAll:"Fold repeated calls",findOnly:"\
Only these",findAsking:"looking at tags…",more:"More",download:"Download",downloadJson:"Download JSON",jsonCut:"The first 100,000 characters; the file has all\
 of it.",openFile:"Open a JSON file…",openHint:"A file may also be dropped, and Zipkin’s JSON pasted, anywhere on the page.",opened:"This trace was opened f\
rom a text. It is not stored here.",partial:e=>`Not all of this trace is here: ${e}`,subtree:(e,t,n)=>`Only ${e} and what it called: ${t} of ${n} rows.`},span:{
title:"Span",close:"Close the details",selfTime:"Self time",kind:"Kind",start:"Start",duration:"Duration",notKnown:"not known",id:"Span id",parent:"Parent",root:"\
none, it is the root",local:"Service",remote:"Other side",shared:"Shared between client and server",debug:"Debug",tags:"Tags",tagsNone:"No tags.",annotationsNone:"\
No events or annotations.",resource:"Resource",links:"Links",halves:"Reported by",status:"Status",summary:"Where the time went",summaryHint:"Self time: what a s\
pan did not spend waiting for its children.",share:"Share",logs:"Logs",similar:"Similar",similarNone:"No other trace within half an hour has a span like this.",
similarAll:"All of them",similarNotStored:"A trace that is not stored has nothing to be compared with.",linksNone:"No links.",onlyThis:"Only this subtree",ofTrace:"\
Of the trace",itself:"itself",rank:e=>`p${e} of this operation`,rankHint:(e,t)=>`Slower than ${e} of ${t} calls within half an hour`,include:e=>`Traces with ${e}`,
exclude:e=>`Traces without ${e}`,findHere:e=>`Find ${e} in this trace`,copyValue:e=>`Copy the value of ${e}`,byService:"Service",byOperation:"Operation"}};var mr={traces:{title:"Traces",live:"Live",liveHint:"Look again every few seconds while spans arrive",views:"Views of what was found",tabs:{results:"Results",compare:"\
Compare selection",groups:"Groups",errors:"Errors"},chart:"Rate, errors and durations",chartLabel:(e,t,n)=>`${e} over time and duration, ${t} failed, the longes\
t took ${n}.`,requests:(e,t)=>`${t} ${$(e,"request","requests")}`,matching:(e,t)=>`${t} matching ${$(e,"span","spans")}`,selected:(e,t)=>`${e} selected of ${t}`,
failed:e=>`${e} failed`,zoomIn:"Zoom to selection",clearSelection:"Clear selection",facets:"Facets",facetNames:{service:"Service",op:"Operation",remote:"Other s\
ide",kind:"Kind",error:"Outcome"},failedValue:"failed",goodValue:"did not fail",addFacet:"Add a facet",usualFacets:"Usual facets",removeFacet:e=>`Remove the fac\
et ${e}`,ofAll:(e,t)=>`${e} of ${t}`,exclude:e=>`Exclude ${e}`,includeShort:"Include",excludeShort:"Exclude",searchIt:"Search it",remove:e=>`Remove ${e}`,moreValues:e=>`${e}\
 more`,fewer:"Fewer",withoutValue:e=>`${e} without`,theSelection:"Selection",theSelectionShort:"Selection",theRest:"Rest",failedSpans:"Failed",slowestTenth:"Slo\
west tenth",against:e=>`${e} against the rest`,sampled:(e,t)=>`sampled: ${e} and ${t} traces`,alike:e=>`+${e} alike`,fails:e=>`${e} fails`,nothingSelected:"Noth\
ing is selected",nothingSelectedText:"No span failed here, or the box holds none. Drag a box in the chart to compare what is inside with the rest.",noRest:"Ther\
e is no rest to compare with",noRestText:"Everything that was found is selected. Select a part of it.",nothingApart:"Nothing sets them apart",nothingApartText:"\
No service, operation or tag is more frequent among the selected traces than among the rest.",timeSpent:"Own time of services, mean of a trace",difference:"Diff\
erence",groupBy:"Group by",groupByMore:"another name or tag",groupCount:(e,t)=>`${t} ${$(e,"group","groups")}`,groupsOf:(e,t)=>`the largest ${e} of ${t} groups`,
noValue:"(none)",errorShare:"Failed",median:"Median",p90:"90th",p99:"99th",timeShare:"Time",noErrors:"No span failed",noErrorsText:"Nothing that matches failed \
in this range.",expired:"Retention has taken what was here",expiredText:e=>`Spans are kept for ${e}, and the range lies before that.`,seenSpans:e=>`${e} of the \
newest spans looked at`,filter:"Filter",placeholder:"service=checkout duration>200ms error",hint:"Enter runs the filter. A trace id opens the trace.",clear:"Cle\
ar the filter",range:"Time range",last:e=>`Last ${e.replace(/^1 /,"")}`,from:"From",to:"To",apply:"Apply",pinned:"Fixed range",relative:"Up to now",summary:(e,t)=>`${e}\
 traces · ${t}`,summaryMore:(e,t)=>`newest ${e} traces · ${t}`,summarySorted:(e,t)=>`newest ${e} traces, in this order · ${t}`,summarySlowest:(e,t)=>`slowest\
 ${e} traces · ${t}`,start:"Start",root:"Root",duration:"Duration",spans:"Spans",errors:"Errors",services:"Services, by time",servicesShort:"Services",nServices:e=>`${e}\
 ${$(e,"service","services")}`,nSpans:(e,t)=>`${t} ${$(e,"span","spans")}`,nErrors:(e,t)=>`${t} ${$(e,"error","errors")}`,more:e=>`+${e}`,loadMore:"Load more",end:"\
That is all in this range.",fresh:"New spans arrived",refresh:"Refresh",suggestions:"Suggestions",suggestionCount:e=>`${e} ${$(e,"suggestion","suggestions")}`,unnamed:"\
(no root span)",noneInRange:"No trace in this range",noneInRangeText:e=>`${e}: nothing began then. A wider range may show it.`,noneMatch:"No trace matches this \
filter",noneMatchText:(e,t,n)=>`${e}: ${n} ${$(t,"span","spans")}, but none fits all terms.`,widen:e=>`Search ${e}`,table:"Traces found",kinds:{service:"service",
op:"operation",remote:"other side",kind:"kind",tag:"tag",word:"term",value:"value",name:"field",operator:"comparison"},filterFault:"The filter cannot be read",fromTo:(e,t)=>`${e}\
 – ${t}`,badRange:"From must be before To.",help:"How to write a filter",helpTerms:{all:"terms stand beside each other; all must fit",service:"of this service",
op:"of this operation; quotes keep spaces",any:"any of several",not:"not this",number:"durations and numeric tags compare",exists:"the tag is there, whatever it\
s value",regex:"a regular expression"}},first:{title:"No traces yet",text:"Send a first span; it appears here within a second.",tabs:"Ways to send",waiting:"Wai\
ting for a span…",demo:"Or look around with data: nines demo"}};var Kt={...cr,...ar,...ir,...ur,...fr,...mr,...pr,...lr,...or,...rr,...nr,...tr};var ya=["en","ko"],va={en:"English",ko:"한국어"},Ro="lang",Oo=365*24*3600,dr={en:Kt};async function hr(e){e==="ko"&&(dr.ko??=(await import("./korean.js")).
ko)}var H=w("en"),No=J(()=>dr[H.value]??Kt),gr=w(pe("zone")==="utc"?"utc":"local"),Po=J(()=>Vn(H.value,gr.value)),T=()=>No.value,q=()=>Po.value;async function ba(){
let e=Te.lang==="ko"?"ko":"en";await hr(e).then(()=>H.value=e,()=>{})}function wa(e){gr.value=e,me("zone",e==="local"?null:e)}async function Sa(e){await hr(e),document.
cookie=`${Ro}=${e};path=/;max-age=${Oo};samesite=lax`,document.documentElement.lang=e,H.value=e}var Lo=24,Uo=1e3,Io=3e3,Gt=class{constructor(t){this.url=t;t in Te.data&&(this.data.value=Te.data[t],delete Te.data[t],this.outdated.value=!1,this.fetchedAt=Date.
now())}url;data=w(void 0);problem=w(void 0);loading=w(!1);topic;readers=0;follows=!0;outdated=w(!0);request;timer;fetchedAt=0;fetch(){clearTimeout(this.timer),this.
timer=void 0,this.request?.abort();let t=new AbortController;this.request=t,this.outdated.value=!1,this.loading.value=!0,this.fetchedAt=Date.now(),ne(this.url,H.
peek(),t.signal).then(n=>{this.request===t&&(this.data.value=n,this.problem.value=void 0,this.loading.value=!1)},n=>{this.request!==t||t.signal.aborted||(this.loading.
value=!1,this.outdated.value=!0,this.problem.value=n instanceof W?n.problem:{title:String(n),status:F},this.problem.value.status===F&&this.fetchLater(Io))})}fetchLater(t=Math.
max(0,this.fetchedAt+Uo-Date.now())){this.outdated.value=!0,!(this.readers===0||document.hidden||this.timer!==void 0)&&(this.timer=setTimeout(()=>{this.timer=void 0,
this.readers>0&&!document.hidden&&this.fetch()},t))}enter(){this.readers++,this.outdated.peek()&&!this.loading.peek()&&this.fetch()}leave(){this.readers--,!(this.
readers>0)&&(clearTimeout(this.timer),this.timer=void 0,this.loading.peek()&&(this.request?.abort(),this.loading.value=!1,this.outdated.value=!0))}},he=new Map;
function Fo(e){let t=he.get(e);if(t)he.delete(e);else{t=new Gt(e);let n=[...he.values()].filter(r=>r.readers===0);for(let r of n.slice(0,Math.max(0,n.length-Lo)))
he.delete(r.url)}return he.set(e,t),t}function _r(e){for(let t of he.values())t.topic===e&&(t.follows?t.fetchLater():t.outdated.value=!0)}function ut(){for(let e of he.
values())e.topic!==void 0&&e.follows&&e.fetchLater()}function ct(e,t={}){let n=ye(()=>e===null?null:Fo(e),[e]),r=P(void 0);tt(()=>{if(n)return t.topic&&(n.topic=
t.topic),n.follows=t.follow??!0,n.enter(),()=>n.leave()},[n]);let o=n?.data.value,s=n?.problem.value;return o!==void 0?r.current=o:t.keep||(r.current=void 0),{data:o??
(s&&s.status!==F?void 0:r.current),problem:s,old:o===void 0&&r.current!==void 0||o!==void 0&&s!==void 0,loading:n?.loading.value??!1,outdated:o!==void 0&&(n?.outdated.
value??!1),retry:()=>n?.fetch()}}var Do=["slos","traces","timeline"],Ho=1e4,Bo=1e3,qo=3e4,Ko=3,Fe=w("waiting"),Go=w(0),oe=w(Date.now()),De,Ie=0,Vt,jt;function zt(){clearTimeout(Vt),De?.close();
let e=new EventSource(Q("/events",{lang:H.peek()}));De=e,e.onopen=()=>{(Ie>0||Fe.peek()==="paused")&&ut(),Ie=0,vr(),Fe.value="live"},e.onerror=()=>{De===e&&(e.close(),
Ie++,Ie>=Ko?Vo():Fe.value="waiting",Vt=setTimeout(zt,Math.min(qo,Bo*2**(Ie-1))))};for(let t of Do)e.addEventListener(t,()=>{t==="traces"&&(Go.value=Date.now()),
_r(t)})}function yr(){clearTimeout(Vt),vr(),De?.close(),De=void 0,Fe.value="paused"}function Vo(){Fe.value="polling",jt??=setInterval(ut,Ho)}function vr(){clearInterval(
jt),jt=void 0}function Pa(){let e,t=()=>{clearInterval(e),document.hidden?yr():(oe.value=Date.now(),e=setInterval(()=>oe.value=Date.now(),5e3),zt())};document.addEventListener(
"visibilitychange",t),addEventListener("pagehide",yr),addEventListener("pageshow",r=>r.persisted&&t());let n=!0;Y(()=>{H.value,n?n=!1:document.hidden||(ut(),zt())}),
t()}function Be(e){switch(e.state){case"unmeasured":return"none";case"exhausted":return e.gate==="held"?"held":"spent";case"burning":return"burning";case"healthy":return e.
budget!==null&&e.budget<.25?"risk":"healthy"}}var Sr={held:"frozen",spent:"crit",burning:"warn",risk:"warn",none:"none",healthy:"ok"};function Wt(e){return e.gate===
"held"&&(e.state==="exhausted"||e.page?.firing===!0)}var jo=e=>e.state==="burning"||e.page?.firing===!0;function ft(e){return e.budget!==null&&e.budget>0?e.exhaustsInUs:
null}function Ua(e,t){switch(t){case"all":return!0;case"held":return Wt(e);case"burning":return jo(e);case"missed":return e.sli!==null&&e.sli<e.target;case"low":
return e.budget!==null&&e.budget<.25;default:return Be(e)===t}}var br=["held","spent","burning","risk","none","healthy"];function He(e,t){return br.indexOf(Be(e))-
br.indexOf(Be(t))||pt(ft(e),ft(t))||pt(e.budget,t.budget)||e.name.localeCompare(t.name)}var zo={risk:He,budget:(e,t)=>pt(e.budget,t.budget)||He(e,t),burn:(e,t)=>pt(
wr(e.burn["1h"]),wr(t.burn["1h"]))||He(e,t),name:(e,t)=>$e(e).localeCompare($e(t))},wr=e=>e==null?null:-e;function qe(e,t){return t==="story"?e.storyTitle??e.story??
"":t==="service"?e.service:t==="team"?e.team??"":""}function xr(e,t,n){let r=[...e].sort(zo[t]);return n==="none"?r:[...new Set(r.map(s=>qe(s,n)))].sort((s,i)=>+(s===
"")-+(i==="")).flatMap(s=>r.filter(i=>qe(i,n)===s))}var Wo=10,Jo=e=>(e.good+e.bad)*(1-e.target);function Tr(e){let t=Jo(e);return t>0&&t<Wo?1/t:null}function pt(e,t){
return e===t?0:(e??1/0)<(t??1/0)?-1:1}var $e=e=>e.displayName||e.name,$r=e=>/^\d+$/.test(e.objective)?"":e.objective;function Ia(e,t,n){let r=e!==null&&e>=n,o=t!==
null&&t>=n;return r?o?"firing":"recovering":o?"rising":"quiet"}var Zo=1200,Jt=new Set,mt=w(0),dt=w(pe("singleKeys")!=="off");function kr(e){dt.value=e,me("singleKeys",e?"on":"off")}function ht(e){let t=P(e);t.current=e,C(()=>(Jt.
add(t),mt.value++,()=>{Jt.delete(t),mt.value++}),[])}function Zt(){let e=new Map;for(let t of[...Jt].reverse())for(let n of t.current)e.has(n.keys)||e.set(n.keys,
n);return[...e.values()]}function Qo(e){if(!/^[\u3131-\u318e]$/.test(e.key)||!e.code.startsWith("Key"))return e.key;let t=e.code.slice(3);return e.shiftKey?t:t.
toLowerCase()}function Xo(e){let t=Qo(e),n=t.length>1,r=(e.ctrlKey||e.metaKey)&&!n?t.toUpperCase():t,o=!n&&r!==r.toLowerCase();return[(e.ctrlKey||e.metaKey)&&"C\
trl",e.altKey&&"Alt",e.shiftKey&&(n||o)&&"Shift",r].filter(Boolean).join("+")}function Yo(e){let t=e instanceof Element?e.closest("input, textarea, select, [con\
tenteditable]"):null;return t!==null&&!(t instanceof HTMLInputElement&&["checkbox","radio","button"].includes(t.type))}function qa(){let e="",t=0;addEventListener(
"keydown",n=>{if(n.isComposing||n.defaultPrevented)return;let r=Xo(n),o=!r.startsWith("Ctrl+");if(document.querySelector("dialog[open]")!==null||o&&(Yo(n.target)||
!dt.value))return;let i=n.timeStamp-t<Zo&&e!==""?`${e} ${r}`:r,a=Zt().filter(m=>m.run!==null),f=a.find(m=>m.keys===i)??a.find(m=>m.keys===r);e="",f?.run?(n.preventDefault(),
f.run()):a.some(m=>m.keys.startsWith(`${r} `))&&(e=r,t=n.timeStamp)})}var es={ok:()=>l(E,{children:[l("circle",{cx:"6",cy:"6",r:"5",fill:"currentColor"}),l("path",{d:"M3.6 6.2l1.7 1.7 3.2-3.6",stroke:"var(--ok-tint)","stroke-width":"\
1.6",fill:"none"})]}),warn:()=>l("path",{d:"M6 .8l5.6 10H.4z",fill:"currentColor"}),crit:()=>l("path",{d:"M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z",fill:"currentCo\
lor"}),frozen:()=>l(E,{children:[l("rect",{x:"2",y:"5",width:"8",height:"6",rx:"1",fill:"currentColor"}),l("path",{d:"M4 5V3.5a2 2 0 014 0V5",stroke:"currentCol\
or",fill:"none","stroke-width":"1.5"})]}),info:()=>l("path",{d:"M2 6l4-4 4 4M2 10l4-4 4 4",stroke:"currentColor","stroke-width":"1.6",fill:"none"}),none:()=>l("\
circle",{cx:"6",cy:"6",r:"4.4",fill:"none",stroke:"currentColor","stroke-width":"1.5","stroke-dasharray":"2 2"})};function gt({tone:e}){return l("svg",{viewBox:"\
0 0 12 12","aria-hidden":"true",children:es[e]()})}function ke({tone:e,children:t,title:n}){return l("span",{class:`pill ${e}`,title:n,children:[l(gt,{tone:e}),
t]})}function Qt({tone:e,label:t}){return l("span",{class:`pill icon-only ${e}`,title:t,children:[l(gt,{tone:e}),l("span",{class:"sr",children:t})]})}var ts=["all","held","burning","spent","risk","healthy","none"],ns=["missed","low"],Mr=B([...ts,...ns],"all"),Xt=["risk","budget","burn","name"],Yt=["none","sto\
ry","service","team"],Er=B(Xt,"risk"),Ar=B(Yt,"none"),rs=["budget","sli","requests"],Cr=["1h","15m","6h","24h","2d","7d"],os=["timeline","flame","table","map","\
json"],ss=["results","compare","groups","errors"],is=["newest","slowest","spans","nservices","errors"],as=["active","firing","pending","frozen","all"],_t={overview:{
path:"/",query:{status:Mr,story:M(),group:Ar,sort:Er}},slos:{path:"/slos",query:{q:M(),status:Mr,group:Ar,sort:Er}},slo:{path:"/slos/:name",query:{objective:M(),
tab:B(rs,"budget"),from:M(),to:M(),sel:M(),target:M(),threshold:M()}},traces:{path:"/traces",query:{q:M(),t:B(Cr,"1h"),from:M(),to:M(),sel:M(),tab:B(ss,"results"),
sort:B(is,"newest"),by:M(),keys:M(),table:be(),live:be()}},trace:{path:"/trace/:id",query:{span:M(),view:B(os,"timeline"),q:M(),only:be(),cp:be(),from:M(),to:M(),
root:M()}},compare:{path:"/compare/:a/:b",query:{span:M()}},map:{path:"/map",query:{t:B(Cr,"15m"),from:M(),to:M(),focus:M(),hops:B(["1","2","3"],"2"),min:B(["0",
"1","5","20"],"0"),all:be(),q:M(),view:B(["graph","table"],"graph"),sel:M(),callee:M()}},alerts:{path:"/alerts",query:{state:B(as,"active"),q:M(),slo:M(),service:M()}},
definitions:{path:"/definitions",query:{kind:M(),q:M()}},settings:{path:"/settings",query:{}}};function en(e,t){let n=Rr(e);for(let r of Object.keys(_t)){let o=ls(
Rr(_t[r].path),n);if(o)return{name:r,path:o,query:Un(_t[r].query,t)}}return{name:"missing",pathname:e}}function se(e,t,n={}){let r=_t[e];return r.path.replace(/:(\w+)/g,
(s,i)=>encodeURIComponent(t[i]))+In(r.query,n)}function Rr(e){return e.split("/").filter(t=>t!=="")}function ls(e,t){if(e.length!==t.length)return null;let n={};
for(let r=0;r<e.length;r++)if(e[r].startsWith(":")){let o=us(t[r]);if(o===null)return null;n[e[r].slice(1)]=o}else if(e[r]!==t[r])return null;return n}function us(e){
try{return decodeURIComponent(e)}catch{return null}}var Me=w({pathname:location.pathname,search:location.search}),vt=J(()=>en(Me.value.pathname,Me.value.search)),Qa=J(()=>Me.value.pathname+Me.value.search),cs=w(0),
Or={},Xa=()=>Or,yt=new URLSearchParams(location.search).get("lang");function fs(e){if(!yt)return e;let[t,n=""]=e.split("?");return new URLSearchParams(n).has("l\
ang")?e:`${t}?${n?`${n}&`:""}lang=${we(yt)}`}function tn(){let e=vt.peek();e.name==="traces"&&(Or=e.query);let t=Me.value.pathname!==location.pathname;Me.value=
{pathname:location.pathname,search:location.search},t&&cs.value++}function ge(e,t={}){let n=fs(e);n!==location.pathname+location.search&&(t.replace?history.replaceState(
history.state,"",n):history.pushState(null,"",n),tn())}function Ya(){if(!yt)return;yt=null;let e=new URLSearchParams(location.search);e.delete("lang");let t=[...e].
map(([n,r])=>`${n}=${we(r)}`).join("&");history.replaceState(history.state,"",location.pathname+(t?`?${t}`:"")),tn()}function el(){addEventListener("popstate",tn),
addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target?.closest?.("a[href]");if(!(t instanceof
HTMLAnchorElement)||t.target||t.hasAttribute("download"))return;let n=new URL(t.href);n.origin!==location.origin||t.getAttribute("href")?.startsWith("#")||en(n.
pathname,n.search).name!=="missing"&&(e.preventDefault(),ge(n.pathname+n.search))})}function Pr({label:e,columns:t,rows:n,rowKey:r,rowHref:o,dimmed:s,class:i,groupOf:a,groupHead:f}){let m=P(null),u=T(),g=c=>{let h=[...m.current?.rows??[]].map(S=>S.
querySelector("a")).filter(S=>S!==null),y=h.findIndex(S=>S.closest("tr")?.contains(document.activeElement)),v=h[y<0?c>0?0:h.length-1:Math.min(h.length-1,Math.max(
0,y+c))];v?.focus(),v?.scrollIntoView({block:"nearest"})},d=()=>document.activeElement?.closest("tr")?.querySelector("a")?.href;return ht([{keys:"j",label:u.keys.
next,group:"list",run:()=>g(1)},{keys:"k",label:u.keys.previous,group:"list",run:()=>g(-1)},{keys:"Enter",label:u.keys.open,group:"list",run:null},{keys:"o",label:u.
keys.openTab,group:"list",run:()=>{d()&&window.open(d(),"_blank","noopener")}}]),l("table",{"aria-label":e,class:`${i??""}${s?" dimmed":""}`,children:[l("thead",
{children:l("tr",{children:t.map(c=>l("th",{scope:"col",class:Nr({...c,class:void 0}),children:c.head},c.key))})}),l("tbody",{ref:m,onKeyDown:c=>{c.key!=="Arrow\
Down"&&c.key!=="ArrowUp"||(c.preventDefault(),g(c.key==="ArrowDown"?1:-1))},children:n.map((c,h)=>l(E,{children:[a&&(h===0||a(n[h-1])!==a(c))&&l("tr",{class:"gr\
oup",children:l("th",{colSpan:t.length,scope:"rowgroup",children:f?.(a(c))})}),l("tr",{class:"go",onClick:y=>ps(y,o(c)),children:t.map(y=>l("td",{class:Nr(y),children:y.
cell(c)},y.key))})]},r(c)))})]})}function Nr(e){return[e.num&&"num",e.wideOnly&&"hide-s",e.class].filter(Boolean).join(" ")||void 0}function ps(e,t){e.target.closest(
"a, button")||!getSelection()?.isCollapsed||(e.metaKey||e.ctrlKey?window.open(t,"_blank","noopener"):ge(t))}var ms=3500,Ke=w([]),ds=0;function K(e){let t=++ds;Ke.value=[...Ke.value.slice(-2),{id:t,text:e}],setTimeout(()=>Ke.value=Ke.value.filter(n=>n.id!==t),ms)}function cl(){
return l("div",{class:"toasts",role:"status","aria-live":"polite",children:Ke.value.map(({id:e,text:t})=>l("div",{class:"toast",children:t},e))})}function Lr({share:e,tone:t,label:n,valueText:r}){let o=Math.min(100,Math.max(0,e*100));return l("div",{class:`meter t-${t}${e<=0?" over":""}`,role:"meter","ari\
a-valuemin":0,"aria-valuemax":100,"aria-valuenow":Math.round(o),"aria-valuetext":r,"aria-label":n,children:l("i",{style:{width:`${o}%`}})})}var gs=200;function Ml({slos:e,dimmed:t,group:n,sort:r}){let o=T().slo,s=q(),i=xr(e,r,n),a=u=>`${u.name}/${u.objective}`,f=u=>se("slo",{name:u.name},(u.objectives??
1)>1?{objective:u.objective}:{}),m=[{key:"name",head:o.name,cell:u=>l(bs,{slo:u,to:f(u)}),class:"slo-name"},{key:"story",head:o.story,cell:u=>u.storyTitle??u.story??
"",wideOnly:!0,class:"muted"},{key:"target",head:o.target,cell:u=>s.target(u.target),num:!0,wideOnly:!0},{key:"now",head:o.now,cell:u=>l(ws,{slo:u}),num:!0,wideOnly:!0},
{key:"budget",head:o.budget,cell:u=>l(Ss,{slo:u}),class:"slo-budget"},{key:"burn",head:o.burn,cell:u=>vs(u,s),num:!0,wideOnly:!0},{key:"out",head:o.runsOut,cell:u=>l(
$s,{slo:u}),num:!0,wideOnly:!0},{key:"status",head:o.status,cell:u=>l(Ir,{slo:u})}];return ht([{keys:"s",label:T().keys.acknowledge,group:"list",run:()=>{let u=document.
activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href"),g=i.find(d=>f(d)===u);_s(g?.alerts?.find(d=>d.state==="firing"&&d.id)?.id??null)}}]),l(Pr,
{label:o.table,columns:m,rows:i,rowKey:a,rowHref:f,dimmed:t,class:"slo-table",groupOf:n==="none"?void 0:u=>qe(u,n),groupHead:u=>l(ys,{name:u,slos:i.filter(g=>qe(
g,n)===u)})})}async function _s(e){let t=T().slo;if(!e)return K(t.ackNone);try{await ne(Q(`/alerts/${encodeURIComponent(e)}/ack`),H.peek(),void 0,JSON.stringify(
{by:""})),K(t.acked)}catch(n){K(n instanceof W?n.message:String(n))}}function ys({name:e,slos:t}){let n=[...t].sort(He)[0];return l("span",{class:"row tight",children:[
e||T().slo.ungrouped,l("span",{class:"muted",children:t.length}),l(Ir,{slo:n})]})}function vs(e,t){let[n,r]=[e.burn["1h"]??null,e.burn["6h"]??null];return n===null&&
r===null?"–":`${t.burn(n)} / ${t.burn(r)}`}function bs({slo:e,to:t}){let n=[$r(e),e.service].filter(Boolean).join(" · ");return l(E,{children:[l("a",{class:"\
link",href:t,children:l("b",{children:$e(e)})})," ",l("span",{class:"muted",children:n})]})}function ws({slo:e}){let t=T().slo,n=q();return l(E,{children:[e.isEstimate&&
e.sli!==null&&l("abbr",{title:t.estimate,children:"~"}),n.sli(e.sli,e.target),e.raw&&l("div",{class:"sub",children:t.rawIs(n.sli(e.raw.sli,e.target))})]})}function Ss({
slo:e}){let t=T(),[n,r]=D(!1),[o,s]=D(!1);if(C(()=>{if(!n)return s(!1);let a=setTimeout(()=>s(!0),gs),f=m=>m.key==="Escape"&&r(!1);return addEventListener("keyd\
own",f),()=>{clearTimeout(a),removeEventListener("keydown",f)}},[n]),e.budget===null)return l("span",{class:"sub",children:t.status.none});let i=Tr(e);return l(
"div",{class:"budget",onPointerEnter:a=>a.pointerType==="mouse"&&r(!0),onPointerLeave:()=>r(!1),children:[l(xs,{budget:e.budget,name:$e(e)}),i!==null&&l(Qt,{tone:"\
info",label:t.slo.oneFailure(q().share(i))}),o&&l(Ts,{slo:e})]})}function xs({budget:e,name:t}){let n=q().budget(e);return l(E,{children:[l(Lr,{share:e,tone:e<=
0?"crit":e<.25?"warn":"ok",label:T().slo.budgetOf(t),valueText:n}),l("span",{class:"num",children:n})]})}function Ts({slo:e}){let t=T().slo,r=ct(Q(`/slos/${encodeURIComponent(
e.name)}/series`,{objective:e.objective})).data?.points.map(m=>m.forecast??m.budget)??[],o=r.filter(m=>m!==null),s=Math.max(-1,Math.min(0,...o)),i=m=>2+(1-(Math.
max(s,m)-s)/(1-s))*40,a=r.flatMap((m,u)=>m===null?[]:[`${(u/Math.max(1,r.length-1)*176).toFixed(1)},${i(m).toFixed(1)}`]),f=e.window??e.calendar?.duration??"";return l(
"div",{class:"spark",role:"img","aria-label":t.sparkOf($e(e),q().window(f)),children:[l("span",{class:"sub",children:q().window(f)}),l("svg",{width:"176",height:"\
44",children:[l("line",{class:"zero",x1:"0",x2:"176",y1:i(0),y2:i(0)}),a.length>1&&l("polyline",{class:"line",points:a.join(" ")})]})]})}function $s({slo:e}){let t=ft(
e);return l(E,{children:t===null?"–":q().relative(t/1e3,0)})}function Ir({slo:e}){let t=T(),n=Be(e);return l("span",{class:"row tight nowrap-row",children:[l(
ke,{tone:Sr[n],children:t.status[n]}),n!=="held"&&Wt(e)&&l(Qt,{tone:"frozen",label:t.slo.heldHint})]})}function El({group:e,sort:t,set:n}){let r=T().slo;return l(
"div",{class:"row tight",children:[l("label",{class:"choose",children:[l("span",{class:"sub",children:r.groupBy}),l("select",{class:"input",value:e,onChange:o=>n(
{group:o.currentTarget.value}),children:Yt.map(o=>l("option",{value:o,children:r.groups[o]},o))})]}),l("label",{class:"choose",children:[l("span",{class:"sub",children:r.
sortBy}),l("select",{class:"input",value:t,onChange:o=>n({sort:o.currentTarget.value}),children:Xt.map(o=>l("option",{value:o,children:r.sorts[o]},o))})]})]})}var ks={house:["M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8","M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-\
2z"],target:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6a6 6 0 1 0 0 12 6 6 0 1 0 0-12","M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4"],traces:["M10 6h8","M12 16h6",
"M3 3v16a2 2 0 0 0 2 2h16","M8 11h7"],search:["m21 21-4.34-4.34","M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16"],sun:["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8","M12 2v2","M12 \
20v2","m4.93 4.93 1.41 1.41","m17.66 17.66 1.41 1.41","M2 12h2","M20 12h2","m6.34 17.66-1.41 1.41","m19.07 4.93-1.41 1.41"],settings:["M14 17H5","M19 7h-9","M17\
 14a3 3 0 1 0 0 6 3 3 0 1 0 0-6","M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6"],help:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3","M12\
 17h.01"],"chevron-down":["m6 9 6 6 6-6"],"chevron-up":["m18 15-6-6-6 6"],minus:["M5 12h14"],x:["M18 6 6 18","m6 6 12 12"],check:["M20 6 9 17l-5-5"],copy:["M10 \
8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2","M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"],alert:["M12 2a10 10 0 1 0 0 20\
 10 10 0 1 0 0-20","M12 8v4","M12 16h.01"],warning:["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3","M12 9v4","M12 17h.01"],rocket:["\
M12 15v5s3.03-.55 4-2c1.08-1.62 0-5 0-5","M4.5 16.5c-1.5 1.26-2 5-2 5s3.74-.5 5-2c.71-.84.7-2.13-.09-2.91a2.18 2.18 0 0 0-2.91-.09","M9 12a22 22 0 0 1 2-3.95A12\
.88 12.88 0 0 1 22 2c0 2.72-.78 7.5-6 11a22.4 22.4 0 0 1-4 2z","M9 12H4s.55-3.03 2-4c1.62-1.08 5 .05 5 .05"],refresh:["M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 \
2.74L21 8","M21 3v5h-5","M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16","M8 16H3v5"],clock:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6v6l4 2"],"zoom\
-in":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M11 8v6","M8 11h6"],"zoom-out":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M8 1\
1h6"],maximize:["M8 3H5a2 2 0 0 0-2 2v3","M21 8V5a2 2 0 0 0-2-2h-3","M3 16v3a2 2 0 0 0 2 2h3","M16 21h3a2 2 0 0 0 2-2v-3"],"dock-right":["M5 3h14a2 2 0 0 1 2 2v\
14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M15 3v18"],"dock-below":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M3 15h18"],
collapse:["m7 20 5-5 5 5","m7 4 5 5 5-5"],expand:["m7 15 5 5 5-5","m7 9 5-5 5 5"],file:["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.5\
88A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z","M14 2v5a1 1 0 0 0 1 1h5","M10 9H8","M16 13H8","M16 17H8"],power:["M12 2v10","M18.4 6.6a9 9 0 1 1-12.77.04"],activity:[
"M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"],lock:["M5 11h14a2 2 0 0 1 2 2v7a2 \
2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2","M7 11V7a5 5 0 0 1 10 0v4"],map:["M9 2h6v6H9z","M2 16h6v6H2z","M16 16h6v6h-6z","M5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 \
1 1 1v3","M12 12V8"],bell:["M10.268 21a2 2 0 0 0 3.464 0","M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499\
-1.411 5.956-2.738 7.326"],link:["M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71","M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"],download:[
"M12 15V3","M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4","m7 10 5 5 5-5"],fold:["M12 22v-6","M12 8V2","M4 12H2","M10 12H8","M16 12h-2","M22 12h-2","m15 19-3-3-3 3",
"m15 5-3 3-3-3"],more:["M5 12h.01","M12 12h.01","M19 12h.01"],swap:["m16 3 4 4-4 4","M20 7H4","m8 21-4-4 4-4","M4 17h16"],terminal:["M12 19h8","m4 17 6-6-6-6"]};
function Ge({name:e}){return l("svg",{class:"icon",viewBox:"0 0 24 24","aria-hidden":"true",children:ks[e].map(t=>l("path",{d:t},t))})}var ie=e=>Number.isFinite(Date.parse(e.from))&&Number.isFinite(Date.parse(e.to));function bt(e){return ie(e)?{from:new Date(e.from).toISOString(),to:new Date(e.
to).toISOString()}:{since:e.t}}function nn(e,t){return new Date(e+t(e)).toISOString().slice(0,19)}function rn(e,t){let n=Date.parse(`${e}Z`);return n-t(n-t(n))}var Fr=4,wt=8;function Dr({label:e,button:t,buttonClass:n,iconOnly:r,children:o}){let s=ve().replace(/\W/g,""),i=P(null),a=P(null);return C(()=>{let f=a.current,
m=()=>f.matches(":popover-open")&&Ms(i.current,f),u=g=>{let d=g.newState==="open";i.current?.setAttribute("aria-expanded",String(d)),d&&(m(),f.querySelector("in\
put:checked, [aria-current], input, button")?.focus({preventScroll:!0}))};return f.addEventListener("toggle",u),addEventListener("resize",m),addEventListener("s\
croll",m,{passive:!0,capture:!0}),()=>{f.removeEventListener("toggle",u),removeEventListener("resize",m),removeEventListener("scroll",m,{capture:!0})}},[]),l(E,
{children:[l("button",{ref:i,type:"button",class:`btn ${n??""}`,"aria-label":r?e:void 0,title:r?e:void 0,"aria-haspopup":"dialog","aria-expanded":"false",popovertarget:s,
children:t}),l("div",{ref:a,id:s,class:"menu",role:"dialog","aria-label":e,popover:"auto",children:o(()=>a.current?.hidePopover())})]})}function Ms(e,t){let n=e.
getBoundingClientRect(),{width:r,height:o}=t.getBoundingClientRect(),s=Math.min(Math.max(wt,n.right-r),innerWidth-r-wt),i=n.bottom+Fr,a=i+o<=innerHeight-wt?i:Math.
max(wt,n.top-Fr-o);t.style.left=`${s}px`,t.style.top=`${a}px`}var Es=["15m","1h","6h","24h","2d","7d"];function As(e){let t=T().traces,n=q();return ie(e)?t.fromTo(n.time(Date.parse(e.from),oe.value),n.time(Date.parse(e.to),
oe.value)):t.last(n.window(e.t))}function Vl({range:e,onChange:t}){let n=T().traces;return l(Dr,{label:n.range,button:l(E,{children:[l(Ge,{name:"clock"}),As(e),
l(Ge,{name:"chevron-down"})]}),children:r=>l(E,{children:[l("div",{class:"legend",children:n.relative}),Es.map(o=>l("button",{type:"button",class:"item","aria-c\
urrent":!ie(e)&&e.t===o?"true":void 0,onClick:()=>{r(),t({t:o,from:"",to:""})},children:n.last(q().window(o))},o)),l("hr",{}),l(Cs,{range:e,onChange:o=>{r(),t(o)}})]})})}
function Cs({range:e,onChange:t}){let n=T().traces,{offsetMs:r}=q(),o=oe.peek(),[s,i]=D(nn(ie(e)?Date.parse(e.from):o-36e5,r)),[a,f]=D(nn(ie(e)?Date.parse(e.to):
o,r)),[m,u]=[rn(s,r),rn(a,r)],g=m<u;return l("form",{class:"pinned",onSubmit:d=>{d.preventDefault(),g&&t({t:e.t,from:new Date(m).toISOString(),to:new Date(u).toISOString()})},
children:[l("div",{class:"legend",children:n.pinned}),l("label",{class:"field",children:[n.from,l("input",{class:"input",type:"datetime-local",step:"1",value:s,
onInput:d=>i(d.currentTarget.value)})]}),l("label",{class:"field",children:[n.to,l("input",{class:"input",type:"datetime-local",step:"1",value:a,onInput:d=>f(d.
currentTarget.value)})]}),!g&&l("span",{class:"pill bare crit",role:"alert",children:n.badRange}),l("button",{type:"submit",class:"btn primary",disabled:!g,children:n.
apply})]})}var Rs=10*1024*1024,Ve=new Map,eu=e=>Ve.get(e)?.text;function tu(e){let t=e===null?void 0:Ve.get(e),n=ct(e===null||t?null:Q(`/traces/${e}`));return t?{data:t.columns,
problem:void 0,retry:()=>{}}:n}function Hr(e,t,n){let r=Ve.get(e);return r?Br(r.text,t,n):ne(Q(`/traces/${e}`,t),H.peek(),n)}async function nu(e){let t=Ve.get(e)?.
text,n=t===void 0?await ne(`/api/v2/trace/${e}`,H.peek()):JSON.parse(t);return JSON.stringify(n,null,1)}async function Br(e,t,n){return ne(Q("/traces/draw",t),H.
peek(),n,e)}async function on(e){if(e.length>Rs)return K(T().trace.openTooLarge);try{e=Os(e);let t=await Br(e,{});Ve.set(t.traceId,{text:e,columns:t}),ge(se("tr\
ace",{id:t.traceId}))}catch(t){let n=t instanceof W?t.problem:{title:String(t),status:F};K(n.status===F?T().state.unreachable:[n.detail??n.title,n.hint].filter(
Boolean).join(" "))}}function Os(e){return/^\s*\[\s*\[/.test(e)?JSON.stringify(JSON.parse(e).flat()):e}function ru(){let e=document.createElement("input");e.type=
"file",e.accept=".json,application/json",e.onchange=()=>{e.files?.[0]?.text().then(on)},e.click()}function ou(){addEventListener("dragover",e=>e.dataTransfer?.types.
includes("Files")&&e.preventDefault()),addEventListener("drop",e=>{let t=e.dataTransfer?.files[0];t&&(e.preventDefault(),t.text().then(on))}),addEventListener("\
paste",e=>{let t=e.clipboardData?.getData("text/plain").trim()??"";!/^\[\s*[[{]/.test(t)||e.target instanceof Element&&e.target.closest("textarea")||(e.preventDefault(),
on(t))})}var sn=w(null);function fu(e){let t=T().compare,n=sn.value;if(n!==null&&n!==e){sn.value=null,ge(se("compare",{a:n,b:e}));return}sn.value=n===e?null:e,K(n===e?t.
unmarked:t.marked)}function Ns({color:e}){let t=e===void 0?"":` c${e%8}`;return l("i",{class:`dot${t}${e!==void 0&&e>=8?" hatch":""}`,"aria-hidden":"true"})}function mu({name:e,color:t}){
return l("span",{class:"service",children:[l(Ns,{color:t}),e]})}function _u(e){let{rows:t}=e,n={traceId:e.traceId,startUs:e.startUs,durationUs:Math.max(1,e.durationUs),count:t.id.length,spans:e.spans,errors:e.errors,missingParents:e.
missingParents,missingIds:e.missingIds??[],skews:e.skews??[],services:Ps(e.services),names:e.names,ids:t.id,kinds:t.kind,remotes:t.remote,statuses:t.status,parent:Int32Array.
from(t.parent),depth:Uint16Array.from(t.depth),size:Int32Array.from(t.size),service:Uint16Array.from(t.service),name:Uint32Array.from(t.name),start:Float64Array.
from(t.startUs),duration:Float64Array.from(t.durationUs),self:new Float64Array(t.id.length),isError:Uint8Array.from(t.error),isCritical:Uint8Array.from(t.critical)};
return Ls(n),n}function Ps(e){let t=new Set,n=e.map(()=>({hue:0,isHatched:!1})),r=e.map((o,s)=>s).sort((o,s)=>e[o].color-e[s].color);for(let o of r){let s=e[o].
color%8,i=t.size>=8;for(;!i&&t.has(s);)s=(s+1)%8;t.add(s),n[o]={hue:s,isHatched:i}}return e.map((o,s)=>({...o,...n[s]}))}function Ls(e){let{count:t,size:n,start:r,
duration:o,self:s}=e,i=[];for(let a=0;a<t;a++){let f=r[a]+o[a];i.length=0;let m=!0;for(let d=a+1;d<a+n[a];d+=Math.max(1,n[d]))i.length>0&&r[d]<r[i[i.length-1]]&&
(m=!1),i.push(d);m||i.sort((d,c)=>r[d]-r[c]);let u=0,g=r[a];for(let d of i){let c=Math.max(g,r[d]),h=Math.min(f,r[d]+o[d]);h>c&&(u+=h-c,g=h)}s[a]=Math.max(0,o[a]-
u)}}function yu(e,t){let n=e.services[t];return`dot c${n?.hue??0}${n?.isHatched?" hatch":""}`}function vu(e,t){let n=new Map,r=0;for(let s=0;s<e.count;s++){let i=t?
e.name[s]:-1,a=e.service[s]*(e.names.length+1)+i+1,f=n.get(a);f||n.set(a,f={service:e.service[s],name:i,spans:0,errors:0,selfUs:0,share:0}),f.spans++,f.errors+=
e.isError[s],f.selfUs+=e.self[s],r+=e.self[s]}let o=[...n.values()];for(let s of o)s.share=r>0?s.selfUs/r:0;return o.sort((s,i)=>i.selfUs-s.selfUs)}function Us(e,{
collapsed:t,groups:n,folded:r,root:o=-1,only:s}){let i=Math.max(0,o),a=o<0?e.count:o+e.size[o],f=new Int32Array(a-i),m=0;for(let u=i;u<a;){let g=n&&r?n.first[u]:
u,d=r?.[g]===1;(g===u||!d)&&(!s||s[u])&&(f[m++]=u),u+=d||t[u]?Math.max(1,e.size[u]):1}return f.subarray(0,m)}function bu(e){let{count:t,parent:n,service:r,name:o,
duration:s}=e,i={first:new Int32Array(t),next:new Int32Array(t).fill(-1),calls:new Int32Array(t),sumUs:new Float64Array(t)},a=new Map,f=e.services.length,m=e.names.
length;for(let u=0;u<t;u++){let g=((n[u]+1)*f+r[u])*m+o[u],d=a.get(g),c=d===void 0?u:i.first[d];d!==void 0&&(i.next[d]=u),a.set(g,u),i.first[u]=c,i.calls[c]++,i.
sumUs[c]+=s[u]}return i}function wu(e,t){let n=t.slice();for(let r=n.length-1;r>=0;r--)n[r]&&e[r]>=0&&(n[e[r]]=1);return n}function Su(e,t){let n=0,r=e.length-1;
for(;n<=r;){let o=n+r>>1;if(e[o]===t)return o;e[o]<t?n=o+1:r=o-1}return-1}function xu({parent:e},{collapsed:t,groups:n,folded:r},o){let s=!1,i=(a,f)=>{s||=a[f]===
1,a[f]=0};for(let a=o;a>=0;a=e[a])a!==o&&i(t,a),n&&r&&(n.first[a]!==a||a!==o)&&i(r,n.first[a]);return s}function Tu(e,t,n){let r=Us(e,{collapsed:t}),o=n?1/0:-1;
for(let s of r)e.size[s]<=1||(n&&t[s]&&(o=Math.min(o,e.depth[s])),!n&&!t[s]&&(o=Math.max(o,e.depth[s])));for(let s of r)e.size[s]>1&&e.depth[s]===o&&(t[s]=n?0:1)}
function $u(e,t,n){let r=e.length;for(let o=1;o<=r;o++){let s=(t+n*o+r*2)%r;if(e[s])return s}return-1}function Mu(e,t,n){let r=devicePixelRatio||1,o=Math.round(t*r),s=Math.round(n*r);(e.width!==o||e.height!==s)&&(e.width=o,e.height=s,e.style.width=`${t}px`,e.style.
height=`${n}px`);let i=e.getContext("2d");return i?.setTransform(r,0,0,r,0,0),i}function an(e,t){let n=document.createElement("span");n.style.setProperty("force\
d-color-adjust","none"),e.append(n);let r={};for(let o of Object.keys(t))n.style.color=`var(${t[o]})`,r[o]=getComputedStyle(n).color;return n.remove(),r}function Eu(e,t,n){
let[r,o]=[e,t].map(s=>(s.match(/[\d.]+/g)??[]).map(Number));return`rgb(${[0,1,2].map(s=>Math.round(r[s]+(o[s]-r[s])*n)).join(",")})`}function Ou(e){let t=an(e,Object.fromEntries(Array.from({length:8},(o,s)=>[s,`--s${s+1}`]))),n={text:"--text",muted:"--muted",border:"--border",surface:"--surfa\
ce",crit:"--crit-fill",critText:"--crit",accent:"--accent"},r=Object.values(t);return{...an(e,n),hues:r,onHues:r.map(Fs),font:getComputedStyle(e).fontFamily}}var Is=.18;
function Fs(e){let[t,n,r]=(e.match(/[\d.]+/g)??[]).map(o=>(Number(o)/255)**2.2);return .2126*t+.7152*n+.0722*r>Is?"#0d0f13":"#ffffff"}function Pu(e,t,n){let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([n],{type:t})),r.download=e,r.click(),setTimeout(()=>URL.revokeObjectURL(
r.href),1e3)}var Uu=(e,t)=>`${e}="${t.replaceAll("\\","\\\\").replaceAll('"','\\"')}"`;function ln(e,t){let n=Math.min(t,Math.max(Math.min(10,t),e.to-e.from)),r=Math.min(Math.max(0,e.from),t-n);return{from:r,to:r+n}}function Fu(e,t,n,r){let o=e.to-
e.from,s=Math.min(r,Math.max(Math.min(10,r),o*t)),i=e.from+o*n;return ln({from:i-s*n,to:i+s*(1-n)},r)}function Du(e,t,n){let r=(e.to-e.from)*t;return ln({from:e.
from+r,to:e.to+r},n)}function Hu(e,t,n){let r=Math.max(t*.1,5);return ln({from:e-r,to:e+t+r},n)}var Bu=(e,t)=>e.from<=0&&e.to>=t;function qu(e,t){let n=(e.to-e.
from)/Math.max(1,t),r=10**Math.floor(Math.log10(Math.max(n,1))),o=[1,2,5,10].map(i=>i*r).find(i=>i>=n)??r*10,s=[];for(let i=Math.ceil(e.from/o)*o;i<=e.to;i+=o)s.
push(i);return s}function Ku(e,t,n){if(e===0)return"0";let[r,o]=n<1e3?["µs",1]:n<1e6?["ms",1e3]:["s",1e6],s=Math.max(0,Math.ceil(-Math.log10(t/o)-1e-9));return`${(e/
o).toFixed(s)} ${r}`}async function Ee(e){try{await navigator.clipboard.writeText(e),K(T().shell.copied(e))}catch{K(T().shell.copyFailed)}}var qr=e=>e.trim()||"root",Ds=(e,t)=>({q:qr(e),...bt(t)}),Kr=e=>`duration>=${e.fromUs}us duration<${e.toUs+1}us`,Gr=e=>`${new Date(e-1).toISOString().slice(0,-1)}\
999Z`,Vr=e=>new Date(e).toISOString();function jr(e,t,n){return n?{q:`${qr(e)} ${Kr(n)}`,from:Vr(n.fromMs),to:Gr(n.toMs)}:{q:e,...bt(t)}}function Ju(e,t,n){let r=n?
Ds(e,t):{q:e,...bt(t)};return n?{...r,sel:Kr(n),selFrom:Vr(n.fromMs),selTo:Gr(n.toMs)}:r}function ze(e){return/^[\w./:=@%+,-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}function zr(e){switch(e.name){case"overview":case"slos":return"nines slo stat\
us";case"slo":return`nines slo explain ${ze(e.path.name)}`;case"traces":return Hs(e.query);case"trace":return`nines trace get ${ze(e.path.id)}`;case"compare":return`\
nines trace compare ${ze(e.path.a)} ${ze(e.path.b)}`;case"map":return`nines trace map --since ${e.query.t}`;case"alerts":return e.query.state==="all"?"nines ale\
rt list --all":"nines alert list";case"definitions":return"nines slo check definitions";case"settings":return"nines store stats";case"missing":return null}}function Hs(e){
let{q:t,from:n,to:r,since:o}=jr(e.q,e,Dn(e.sel)),s=o?`--since ${o}`:`--from ${n} --to ${r}`;return`nines trace find ${t?ze(t):"''"} ${s}${e.sort==="slowest"?" -\
-sort slowest":""}`}function Wr(e,t){if(e.name==="missing"||!("t"in e.query&&"from"in e.query&&"to"in e.query))return null;let n=e.query;if(ie(n))return null;let r=new Date(t-(Gn(n.
t)??0)/1e3).toISOString();return se(e.name,e.path,{...e.query,from:r,to:new Date(t).toISOString()})}var fc=w("none");function pc(){Ee(location.href)}function mc(){let e=Wr(vt.peek(),Date.now());Ee(e===null?location.href:new URL(e,location.href).href)}function dc(){
let e=zr(vt.peek());e?Ee(e):K(T().shell.copyFailed)}function hc(){let e=document.querySelector("[data-filter]");e?.focus(),e?.select()}var Bs=w("");function bc(e,t=e){let n=T().shell.title(t);C(()=>{Bs.value=e,document.title=n},[e,n])}var qs=["global","list","trace","map","slo"];function Tc(){let e=T();mt.value;let t=Zt(),n={global:e.keys.groupGlobal,list:e.keys.groupList,trace:e.keys.groupTrace,
map:e.nav.map,slo:e.keys.groupSlo};return l(E,{children:[l("div",{class:"keys",children:qs.map(r=>{let o=t.filter(s=>s.group===r);return o.length>0&&l("section",
{children:[l("h3",{children:n[r]}),l("dl",{children:Ks(o).map(([s,i])=>l(Gs,{label:s,keys:i},s))})]},r)})}),l("label",{class:"switch",children:[l("input",{type:"\
checkbox",checked:dt.value,onChange:r=>kr(r.currentTarget.checked)}),e.keys.singleKeys]})]})}function Ks(e){let t=new Map;for(let{label:n,keys:r}of e)t.set(n,[...t.
get(n)??[],r]);return[...t]}function Gs({label:e,keys:t}){return l(E,{children:[l("dt",{children:e}),l("dd",{children:t.map(n=>l("kbd",{children:n.replace("Arro\
w","").replace("Right","→").replace("Left","←").replace("Down","↓").replace("Up","↑").replaceAll("+"," ").trim()||"+"},n))})]})}function Vs(e,t){let n=e.toLowerCase().split(/\s+/).filter(Boolean),r=t.toLowerCase(),o=0;for(let s of n){let i=r.indexOf(s);if(i<0)return null;let a=i===0||/[\s\-/_.:·]/.
test(r[i-1]);o+=i===0?0:a?1:3}return o}function Mc(e,t,n){return e.map((r,o)=>({item:r,i:o,score:Vs(t,n(r))})).filter(r=>r.score!==null).sort((r,o)=>(r.score??0)-
(o.score??0)||r.i-o.i).map(r=>r.item)}var Rc=["system","light","dark"],un=pe("theme"),js=w(un==="light"||un==="dark"?un:"system"),Jr=w(0);function Oc(e){js.value=e,me("theme",e==="system"?null:e),e===
"system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,Jr.value++}var Nc=["comfortable","dense"],zs=w(pe("density")==="\
dense"?"dense":"comfortable");function Pc(e){zs.value=e,me("density",e==="dense"?e:null),e==="dense"?document.documentElement.dataset.density=e:delete document.
documentElement.dataset.density}function Lc(){for(let e of["(prefers-color-scheme: dark)","(forced-colors: active)"])matchMedia(e).addEventListener("change",()=>Jr.
value++)}var Fc=w(null);function Bc({label:e,onClose:t,class:n,children:r}){let o=P(null);return C(()=>{let s=document.activeElement;return o.current?.showModal(),()=>s instanceof HTMLElement&&
s.isConnected&&s.focus()},[]),l("dialog",{ref:o,class:`dialog ${n??""}`,"aria-label":e,onClose:t,onClick:s=>s.target===s.currentTarget&&o.current?.close(),children:r})}function cn({rows:e=4}){return l("div",{class:"state","aria-busy":"true",children:[l("span",{class:"sr",children:T().state.loading}),Array.from({length:e},(t,n)=>l(
"span",{class:"skeleton",style:{width:`${92-n*37%40}%`}},n))]})}function Zc({title:e,children:t,tone:n}){return l("div",{class:"state",children:[n?l("div",{class:"\
row tight",children:l(ke,{tone:n,children:e})}):l("h2",{children:e}),t]})}function fn({what:e,problem:t,url:n,retry:r}){let o=T(),s=t.status===F?o.state.unreachable:
t.detail??t.title;return l("div",{class:"state",role:"alert",children:[l("div",{class:"row tight",children:l(ke,{tone:"crit",children:t.status===F?o.state.failed(
e):`${o.state.failed(e)} (${t.status})`})}),l("p",{children:s}),t.hint&&l("p",{children:t.hint}),l("div",{class:"row tight",children:[l("button",{type:"button",
class:"btn",onClick:r,children:[l(Ge,{name:"refresh"}),o.state.retry]}),l("button",{type:"button",class:"btn quiet",onClick:()=>{Ee(JSON.stringify({url:n,at:new Date().
toISOString(),problem:t}))},children:o.state.diagnostic})]})]})}function Ws({tone:e,children:t,action:n}){return l("div",{class:`banner ${e}`,role:"status",children:[
l(gt,{tone:e}),l("p",{children:t}),n]})}function Qc({sinceMs:e,resource:t,what:n}){let r=T();return t?.problem?l(Ws,{tone:"warn",action:l(Js,{retry:t.retry}),children:t.
problem.status===F?r.state.unreachable:`${r.state.failed(n)}: ${t.problem.detail??t.problem.title}`}):e===void 0?null:l(ke,{tone:"warn",children:r.state.stale(q().
relative(e,Math.max(oe.value,e)))})}function Js({retry:e}){return l("button",{type:"button",class:"btn small",onClick:e,children:T().state.retry})}function Xc({
resource:e,what:t,rows:n,card:r,children:o}){if(e.data!==void 0)return l(E,{children:o(e.data)});let s=e.problem?l(fn,{what:t,problem:e.problem,retry:e.retry}):
l(cn,{rows:n});return r?l("section",{class:"card",children:s}):s}function pn(e,t=!1){let n=w(null),r=w(!1),o=()=>{r.value=!1,e().then(s=>n.value=s,()=>r.value=!0)};return function(i){let a=n.value;return C(()=>{n.peek()||o()},
[]),a?l(a,{...i}):t&&!r.value?null:l("section",{class:"card",children:r.value?l(fn,{what:T().state.page,problem:{title:"",status:F},retry:o}):l(cn,{rows:12})})}}function cf(e){let[t,n]=D(0);return C(()=>{let r=new ResizeObserver(([o])=>n(Math.floor(o.contentRect.width)));return r.observe(e.current),()=>r.disconnect()},[]),
t}function pf({label:e,values:t,now:n,text:r,choose:o}){return l("div",{class:"seg",role:"group","aria-label":e,children:t.map(s=>l("button",{type:"button","aria-\
pressed":s===n,onClick:()=>o(s),children:r(s)},s))})}function gf({label:e,tabs:t,chosen:n,onChoose:r,children:o}){let s=ve().replace(/\W/g,"");return l(E,{children:[l("div",{class:"tabs",role:"tablist","aria-label":e,
onKeyDown:a=>{let f=t.findIndex(([g])=>g===n),m={ArrowRight:f+1,ArrowLeft:f-1,Home:0,End:t.length-1}[a.key];if(m===void 0)return;a.preventDefault(),a.stopPropagation();
let u=(m+t.length)%t.length;r(t[u][0]),a.currentTarget.children[u].focus()},children:t.map(([a,f])=>l("button",{type:"button",role:"tab",id:`${s}-${a}`,"aria-se\
lected":a===n,"aria-controls":`${s}-panel`,tabIndex:a===n?0:-1,onClick:()=>r(a),children:f},a))}),l("div",{role:"tabpanel",id:`${s}-panel`,"aria-labelledby":`${s}\
-${n}`,children:o})]})}function Zr(e,t,n,r,o){let s=Math.max(0,Math.floor(e/n)-o),i=Math.min(r,Math.ceil((e+t)/n)+o);return{first:Math.min(s,r),end:Math.max(i,Math.min(s,r))}}function Qr(e,t,n,r,o){
let s=(e-o)*r,i=(e+1+o)*r;return s<t?Math.max(0,s):i>t+n?Math.max(0,Math.min(e*r,i-n)):t}var Xr=6;function Sf({label:e,role:t,count:n,rowPx:r,head:o,active:s,onMove:i,onKey:a,onOpen:f,rowProps:m,cells:u,class:g}){let d=ve().replace(/\W/g,""),c=P(null),
[h,y]=D({top:0,height:600}),v=P(0);tt(()=>{let b=c.current,N=()=>y({top:b.scrollTop,height:b.clientHeight}),V=new ResizeObserver(N);V.observe(b);let j=()=>v.current||=
requestAnimationFrame(()=>(v.current=0,N()));return b.addEventListener("scroll",j,{passive:!0}),()=>{V.disconnect(),b.removeEventListener("scroll",j),cancelAnimationFrame(
v.current)}},[]),C(()=>{let b=c.current;if(!b||s<0)return;let N=Qr(s,b.scrollTop,b.clientHeight-r,r,1);N!==b.scrollTop&&(b.scrollTop=N)},[s,n]);let S=Math.max(1,
Math.floor(h.height/r)-2),p=b=>n>0&&i(Math.min(n-1,Math.max(0,b))),_={ArrowDown:()=>p(s+1),ArrowUp:()=>p(s<0?n-1:s-1),PageDown:()=>p(s+S),PageUp:()=>p(s-S),Home:()=>p(
0),End:()=>p(n-1),Enter:()=>s>=0&&f?.(s)};_.j=_.ArrowDown,_.k=_.ArrowUp;let x=b=>{if(b.ctrlKey||b.metaKey||b.altKey||b.target!==c.current)return;let N=b.shiftKey?
void 0:_[b.key];if(N)N();else if(!a?.(b))return;b.preventDefault(),b.stopPropagation()},{first:U,end:I}=Zr(h.top,h.height,r,n,Xr),Z=Math.ceil(h.height/r)+2*Xr+1,
G=[];for(let b=U;b<I;b++){let{class:N,...V}=m?.(b)??{};G.push(l("div",{role:"row",id:`${d}-${b}`,class:`v-row ${N??""}${b===s?" selected":""}`,"aria-rowindex":b+
2,"aria-selected":b===s,style:{transform:`translateY(${b*r}px)`,height:`${r}px`},onClick:()=>i(b),onDblClick:()=>f?.(b),...V,children:u(b)},b%Z))}return l("div",
{ref:c,class:`v-grid ${g??""}`,role:t,"aria-label":e,"aria-rowcount":n+1,tabIndex:0,"aria-activedescendant":s>=U&&s<I?`${d}-${s}`:void 0,onKeyDown:x,children:[l(
"div",{role:"row",class:"v-head","aria-rowindex":1,style:{height:`${r}px`},children:o}),l("div",{class:"v-rows",role:"rowgroup",style:{height:`${n*r}px`},children:G})]})}var Zs=200;function kf(e,t){let[n,r]=D(e),o=P(e),s=P(void 0),i=P(t);return i.current=t,C(()=>{e!==o.current&&(clearTimeout(s.current),o.current=e,r(e))},[e]),C(
()=>()=>clearTimeout(s.current),[]),[n,f=>{r(f),clearTimeout(s.current),s.current=setTimeout(()=>{o.current=f,i.current(f)},Zs)}]}function Ef(e){let t=e.trim().toLowerCase();return/^([0-9a-f]{16}|[0-9a-f]{32})$/.test(t)?t:null}function Af(e){return e.length<=12?e:`${e.slice(0,4)}…${e.slice(
-4)}`}function Of(e,t=[]){let n=e.items.map(({key:[o,s],spans:i,errors:a})=>({atMs:Date.parse(String(o)),bucket:Qs(s)?s:null,spans:i,errors:a})),r={fromMs:Date.parse(
e.from),toMs:Date.parse(e.to),stepMs:(e.stepUs??6e7)/1e3,parts:e.bucketsPerDoubling??2};return Fn(r,n,t)}var Qs=e=>typeof e=="object"&&e!==null&&"fromUs"in e;var Xs=[21,8,0,16,0,0,1,8,8,0],Ys={l:8,m:16,n:4,r:8};function ei(e){let n=e.replace(/[\s)\]}"'’”.…]+$/u,"").at(-1)??"",r=n.codePointAt(0)??0;return r>=44032&&
r<=55203?(r-44032)%28:n>="0"&&n<="9"?Xs[Number(n)]:n==="%"?0:Ys[n.toLowerCase()]??0}function ti(e,t){let[n,r]=t.split("/"),o=ei(e);return t==="으로/로"?o===0||
o===8?r:n:o===0?r:n}function Pf(e,t){return e+ti(e,t)}var Yr=[90,95,97,98,99,99.5,99.7,99.8,99.9,99.95,99.99],eo=e=>Number((e/100).toFixed(9));function Uf(e){return e.filter(({key:n,spans:r})=>n[0]&&n[1]&&r>0).slice(
0,3).map(({key:n,spans:r,errors:o})=>{let[s,i]=n,a=1-o/r,f=Yr.filter(u=>eo(u)<a);return{name:`${s}-${i}-availability`.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(
/^-|-$/g,"").slice(0,63),service:s,op:i,spans:r,achieved:a,target:eo(f.length>0?f[f.length-1]:Yr[0])}})}var to=e=>(/^[\w.-]+$/.test(e)?e:`"${e.replace(/["\\]/g,
"\\$&")}"`).replaceAll("'","''");function If({name:e,service:t,op:n,target:r}){let o=`service=${to(t)} kind=server op=${to(n)}`;return`apiVersion: openslo/v1
kind: SLO
metadata: { name: ${e} }
spec:
  service: ${JSON.stringify(t)}
  indicator:
    metadata: { name: ${e} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: '${o} !error' } } }
        total: { metricSource: { type: spans, spec: { where: '${o}' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: ${r} } ]
`}var no=25,ni=60,ro=new WeakMap;function qf(e,t){let n=ro.get(e)??new Map;ro.set(e,n);let[r,o]=D(),[s,i]=D(0),a=n.has(t);return C(()=>{if(a||t<0)return;let f=new AbortController;
o(void 0);let m=setTimeout(()=>{let u=Math.max(0,t-no),g=Math.min(e.count-1,t+no);Hr(e.traceId,{rows:`${u}-${g}`},f.signal).then(d=>{for(let c of d.items)n.set(
c.row,c);i(c=>c+1)},d=>{f.signal.aborted||o(d instanceof W?d.problem:{title:String(d),status:F})})},ni);return()=>{clearTimeout(m),f.abort()}},[e,t,a,s]),{detail:n.
get(t),problem:r,retry:()=>i(f=>f+1)}}var Vf=pn(()=>import("./heatmap.js").then(e=>e.Heatmap),!0),jf=pn(()=>import("./heatmap.js").then(e=>e.HeatTable),!0);export{E as a,ri as b,D as c,C as d,tt as e,P as f,ye as g,l as h,F as i,Q as j,W as k,ne as l,Fn as m,Ft as n,mi as o,di as p,hi as q,gi as r,_i as s,Dn as t,yi as u,
vi as v,bi as w,Of as x,Te as y,pe as z,me as A,Gn as B,Pf as C,ya as D,va as E,H as F,gr as G,T as H,q as I,ba as J,wa as K,Sa as L,ct as M,Fe as N,Go as O,oe as P,
Pa as Q,Yr as R,eo as S,Uf as T,If as U,Be as V,Sr as W,jo as X,ft as Y,Ua as Z,He as _,Jo as $,Tr as aa,$e as ba,$r as ca,Ia as da,ht as ea,qa as fa,Lr as ga,gt as ha,
ke as ia,ts as ja,rs as ka,os as la,ss as ma,as as na,se as oa,vt as pa,cs as qa,Xa as ra,ge as sa,Ya as ta,el as ua,Pr as va,ps as wa,K as xa,cl as ya,Ml as za,
_s as Aa,xs as Ba,Ir as Ca,El as Da,Ge as Ea,Dr as Fa,ie as Ga,bt as Ha,As as Ia,Vl as Ja,eu as Ka,tu as La,Hr as Ma,nu as Na,ru as Oa,ou as Pa,qf as Qa,sn as Ra,
fu as Sa,Ns as Ta,mu as Ua,_u as Va,Ps as Wa,yu as Xa,vu as Ya,Us as Za,bu as _a,wu as $a,Su as ab,xu as bb,Tu as cb,$u as db,Mu as eb,an as fb,Eu as gb,Ou as hb,
Pu as ib,Uu as jb,ln as kb,Fu as lb,Du as mb,Hu as nb,Bu as ob,qu as pb,Ku as qb,Ee as rb,qr as sb,Ds as tb,jr as ub,Ju as vb,zr as wb,Wr as xb,fc as yb,pc as zb,
mc as Ab,dc as Bb,hc as Cb,Bs as Db,bc as Eb,Tc as Fb,Vs as Gb,Mc as Hb,Rc as Ib,js as Jb,Jr as Kb,Oc as Lb,Nc as Mb,zs as Nb,Pc as Ob,Lc as Pb,Fc as Qb,Bc as Rb,
cn as Sb,Zc as Tb,fn as Ub,Ws as Vb,Qc as Wb,Xc as Xb,pn as Yb,cf as Zb,Vf as _b,jf as $b,pf as ac,gf as bc,Zr as cc,Qr as dc,Sf as ec,kf as fc,Ef as gc,Af as hc};
