var M,_n,Mt,oe,$t,rt,vn,tt,bn,Et,kt,_o,Ue=Symbol.for("pv"),ot={},st=[],vo=/^m(i|n|o|s|text|space)$/,Ct=Array.isArray,At=st.slice,pe=Object.assign;function fe(e){
e&&e.parentNode&&e.remove()}function wn(e,t,n){var r,s,o,i={},l=arguments.length;for(o in t)o=="key"?r=t[o]:o=="ref"&&typeof e!="function"?s=t[o]:i[o]=t[o];return l>
2&&(i.children=l>3?At.call(arguments,2):n),Le(e,i,r,s,null)}function Le(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Ue,__v:s||++_n,__i:-1,__u:0};return!s&&M.vnode&&M.
vnode(o),o}function $(e){return e.children}function Te(e,t){this.props=e,this.context=t,this.__g=0}function se(e,t){if(t==null)return e.__&&se(e.__,e.__i+1);for(var n;t<e.
__k.length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:se(e)}function bo(e){var t,n=e.__v,r=n.__e,s=[],o=[],i=e.__P;
i&&((t=pe({constructor:Ue},n)).__v=n.__v+1,M.vnode&&M.vnode(t),Rt(i,t,n,e.__n,i.namespaceURI,32&n.__u?[r]:null,s,r||se(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=
t,Mn(s,t,o),n.__=n.__e=null,t.__e!=r&&Sn(t))}function Sn(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),
Sn(e)}function gn(e){(8&e.__g||(e.__g|=8,oe.push(e),rt++))&&$t==M.debounceRendering||(($t=M.debounceRendering)||queueMicrotask)(xn)}function xn(){try{for(var e,
t=1;oe.length;)oe.length>t&&oe.sort(vn),e=oe.shift(),t=oe.length,8&e.__g&&bo(e)}finally{(rt=oe.length)&&($t||queueMicrotask)(xn)}}function Tn(e,t,n,r,s,o,i,l,f,m,c){
var g,d,u,h,x,v,E=r.__k||st,p=t.length;for(f=wo(n,t,E,f,p),g=0;g<p;g++)(u=n.__k[g])!=null&&(d=~u.__i&&E[u.__i]||ot,u.__i=g,v=Rt(e,u,d,s,o,i,l,f,m,c),h=u.__e,(d.
ref!=u.ref||8&d.__u)&&(d.ref&&Ot(d.ref,null,u,d),u.ref&&c.push(u.ref,u.__c||h,u)),x=x||h,4&u.__u?(f=$n(u,f,e,!d.__v),d.__e&&(d.__e=null)):typeof u.type=="functi\
on"&&v!==void 0?f=v:h&&(f=h.nextSibling),u.__u&=-21);return n.__e=x,f}function wo(e,t,n,r,s){var o,i,l,f,m,c,g,d,u,h=n.length,x=h,v=0,E=0,p=e.__k=Array(s);for(o=
0;o<s;o++)(i=t[o])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i!="object"||i.constructor===String?i=p[o]=Le(null,i):Ct(i)?i=p[o]=Le($,{children:i}):
i.constructor===Ue&&i.__b?i=p[o]=Le(i.type,i.props,i.key,i.ref,i.__v):p[o]=i,f=o+v,i.__=e,i.__b=e.__b+1,l=null,~(m=i.__i=So(i,n,f,x))&&(x--,(l=n[m])&&(l.__u|=2)),
l&&l.__v?(i.__u|=16,m==f-1?v--:m==f+1?v++:m!=f&&(m>f?v--:v++,E=1)):(~m||(s>h?v--:s<h&&v++),typeof i.type!="function"&&(i.__u|=4))):p[o]=null;if(E){for(c=[],g=[],
o=0;o<s;o++)if((i=p[o])&&16&i.__u){for(v=0,d=c.length;v<d;)c[u=v+d>>1]<i.__i?v=u+1:d=u;c[v]=i.__i,g[o]=v+1}for(v=c.length;o--;)g[o]&&(g[o]==v?v--:p[o].__u|=4)}if(x)
for(o=0;o<h;o++)!(l=n[o])||2&l.__u||(l.__e==r&&(r=se(l)),Nt(l,l));return r}function $n(e,t,n,r){var s,o,i,l;if(typeof e.type=="function"){if(e.props.__P)return t;
if(s=e.__k)for(o=0;o<s.length;o++)s[o]&&(s[o].__=e,t=$n(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=se(e))&&!t.parentNode&&(t=null),i=e.__e,l=t;l&&l.nodeType==
8;)l=l.nextSibling;for(i!=l&&(!r&&n.moveBefore&&i.parentNode?n.moveBefore(i,t):n.insertBefore(i,t||null)),t=i;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith(
"$s"););return t}function So(e,t,n,r){var s,o=e.key,i=e.type,l=t[n],f=l&&!(2&l.__u);if(l===null&&o==null||f&&o==l.key&&i==l.type)return n;if(r>(f?1:0)){for(s=n-1;s>=0;s--)if((l=
t[s])&&!(2&l.__u)&&o==l.key&&i==l.type)return s;for(s=n+1;s<t.length;s++)if((l=t[s])&&!(2&l.__u)&&o==l.key&&i==l.type)return s}return-1}function yn(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function et(e,t,n,r,s){var o,i;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||yn(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||yn(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(i=kt[t]||(kt[t]=xo(t)),(e.__a||(e.__a={}))[t]=Et,o=t!=(t=t.replace(bn,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,i,o):e.removeEventListener(t,i,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function xo(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[tt]==null)t[tt]=Et++;else if(t[tt]<this.__a[e])return;return n(M.event?M.event(t):t)}}}function Rt(e,t,n,r,s,o,i,l,f,m){
var c,g,d,u,h,x,v,E,p,y,S,U,I,te,G,w,N,V,W=t.type;if(t.constructor!==Ue)return null;128&n.__u&&(f=32&n.__u,c=n.__c.__z)&&(t.__u|=f,g=o=[],c.nodeType==8?l=nt(c,o):
o.push(c),l=o[0]||l),(c=M.__b)&&c(t);e:if(typeof W=="function"){d=i.length;try{if(E=t.props,p=(c=W.prototype)&&c.render,y=(c=W.contextType)&&r[c.__c],S=c?y?y.props.
value:c.__:r,(u=n.__c)?(t.__c=u,2&u.__g&&(u.__g|=1)):(p?t.__c=u=new W(E,S):(t.__c=u=new Te(E,S),u.constructor=W,u.render=$o),y&&y.sub(u),u.state||(u.state={}),u.
__n=r,u.__g|=8,u.__h=[],u.__k=[]),p&&(u.__s||(u.__s=u.state),W.getDerivedStateFromProps&&(u.__s==u.state&&(u.__s=pe({},u.__s)),pe(u.__s,W.getDerivedStateFromProps(
E,u.__s)))),h=u.props,x=u.state,u.__v=t,n.__c){if(E!==h&&p&&!W.getDerivedStateFromProps&&u.componentWillReceiveProps&&u.componentWillReceiveProps(E,S),t.__v==n.
__v&&!(8&u.__g)||!(4&u.__g)&&u.shouldComponentUpdate&&u.shouldComponentUpdate(E,u.__s,S)===!1){t.__v!=n.__v&&(u.props=E,u.state=u.__s,u.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(J){J&&(J.__=t)}),st.push.apply(u.__h,u.__k),u.__k=[],u.__h.length&&i.push(u),l=se(n);break e}u.componentWillUpdate&&u.componentWillUpdate(
E,u.__s,S),p&&u.componentDidUpdate&&u.__h.push(function(){u.componentDidUpdate(h,x,v)})}else p&&!W.getDerivedStateFromProps&&u.componentWillMount&&u.componentWillMount(),
p&&u.componentDidMount&&u.__h.push(u.componentDidMount);u.context=S,u.props=E,u.__P=e,u.__g&=-5,U=M.__r,I=p?25:0;do u.__g&=-9,U&&U(t),c=u.render(u.props,u.state=
u.__s,u.context);while(8&u.__g&&++I<25);p&&(st.push.apply(u.__h,u.__k),u.__k=[]),u.state=u.__s,u.getChildContext&&(r=pe({},r,u.getChildContext())),p&&n.__c&&u.getSnapshotBeforeUpdate&&
(v=u.getSnapshotBeforeUpdate(h,x)),te=c&&c.type===$&&c.key==null?c.props.children:c,E.__P&&(c=l,s=(e=E.__P).namespaceURI,f=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(J){J&&Nt(J,J)}),n.__k=null),l=n.__k?se(n,0):null),l=Tn(e,Ct(te)?te:[te],t,n,r,s,o,i,l,f,m),E.__P&&(t.__e=null,l=c),t.__u&=-161,g&&g.some(fe),u.__h.
length&&i.push(u),1&u.__g&&(u.__g&=-4)}catch(J){if(i.length=d,t.__v=null,f||o)if(J&&J.then){if(t.__u|=128|f,o){for(~(N=o.indexOf(l||void 0))||(N=o.length);(V=o[N-
1])&&V.nodeType==8;)N--;for(;N<o.length;N++)if(V=o[N])if(o[N]=null,G){if(V==w)break}else{if(V.nodeType!=8)break;V.data.startsWith("$s")&&(w=nt(G=V))}}if(!G){for(;l&&
l.nodeType==8&&l.nextSibling;)l=l.nextSibling;G=l}(c=nt(G=t.__c.__z||(t.__c.__z=G)))?(t.__e=G,l=c):t.__e=l,l=l&&l.nextSibling}else o&&o.some(fe);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),J&&J.then||kn(t),M.__e(J,t,n)}}else l=t.__e=To(n.__e,t,n,r,s,o,i,f,m,e);return(c=M.diffed)&&c(t),l}function nt(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function kn(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(kn))}function Mn(e,t,n){for(var r=0;r<n.length;)Ot(n[r++],n[r++],n[r++]);M.__c&&M.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){M.__e(o,s.__v)}})}function To(e,t,n,r,s,o,i,l,f,m){var c,g,d,u,h,x,v,E,p=n.props||ot,y=t.
props,S=t.type;if(S=="svg"?s="http://www.w3.org/2000/svg":S=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(c=0;c<o.
length;c++)if((h=o[c])&&(S?h.localName==S:h.nodeType==3)){e=h,o[c]=null;break}}if(!e){if(E=m.ownerDocument||document,!S)return E.createTextNode(y);e=E.createElementNS(
s,S,y.is?y:m),l&&(M.__m&&M.__m(t,o),l=!1),o=null}if(S){if(m=S=="template"&&e.content||e,o=S=="textarea"&&y.defaultValue!=null?null:o&&At.call(m.childNodes),!l&&
o)for(p={},c=0;c<e.attributes.length;c++)p[(h=e.attributes[c]).name]=h.value;for(c in p)h=p[c],c=="dangerouslySetInnerHTML"?d=h:c=="children"||c in y||c=="value"&&
"defaultValue"in y||c=="checked"&&"defaultChecked"in y||et(e,c,null,h,s);for(c in y)h=y[c],c=="children"?u=h:c=="dangerouslySetInnerHTML"?g=h:c=="value"?x=h:c==
"checked"?v=h:l&&typeof h!="function"||p[c]===h||et(e,c,h,p[c],s);g?(l||d&&(g.__html==d.__html||g.__html==e.innerHTML)||(e.innerHTML=g.__html),t.__k=[]):(d&&(e.
textContent=""),(S=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&vo.test(S))&&(s="http://www.w3.org/1999/xhtml"),Tn(m,Ct(u)?u:[u],t,n,r,s,o,i,o?o[0]:
n.__k&&se(n,0),l,f),o&&o.some(fe)),l&&S!="textarea"||(c="value",S=="progress"&&x==null?e.removeAttribute(c):x==null||x===e[c]&&(S!="progress"||x)||et(e,c,x,p[c],
s),c="checked",v!=null&&v!=e[c]&&et(e,c,v,p[c],s))}else p===y||l&&e.data==y||(e.data=y);return e}function Ot(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&
(r=r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){M.__e(s,n)}}function Nt(e,t,n){var r,s,o,i;if(M.unmount&&M.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||Ot(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(l){M.__e(l,t)}r.__P=r.__n=null}
if(r=e.__k)for(i=0;i<r.length;i++)r[i]&&Nt(r[i],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=nt(r,o=[]))&&(r==e.__e&&o.some(fe),fe(
s),fe(r)),n||fe(e.__e),e.__e=e.__c=e.__=null}function $o(e,t,n){return this.constructor(e,n)}function bi(e,t){var n,r,s,o;M.__&&M.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=Le($,{children:[e]}),s=[],o=[],Rt(t,t.__k,r||ot,ot,t.namespaceURI,r?null:t.firstChild?At.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),Mn(s,t.__k,o),t.__k.props.children=null}M={__e:function(e,t,n,r){for(var s,o,i;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((i=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),i=1),i&&8&s.__g)return void(s.__g|=2)}catch(l){e=l}}throw rt=0,e}},_n=0,Mt=function(e){return e!=null&&e.
constructor===Ue},Te.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=pe({},this.state)),typeof e=="function"&&(e=e(pe({},n),this.props)),
e&&(pe(n,e),this.__v&&(t&&this.__k.push(t),gn(this)))},Te.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),gn(this))},Te.prototype.render=
$,oe=[],rt=0,vn=function(e,t){return e.__v.__b-t.__v.__b},tt=Symbol(),bn=/(PointerCapture)$|Capture$/i,Et=0,kt={},_o=0;var me,O,Pt,En,Lt=Object.is,it=0,In=[],Ut=[],R=M,Cn=R.__b,An=R.__r,Rn=R.diffed,On=R.__c,Nn=R.unmount,Pn=R.__;function Fe(e,t){R.__h&&R.__h(O,e,it||t),it=0;var n=O.
__H||(O.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function B(e){return it=1,ko(Fn,e)}function ko(e,t,n){var r=Fe(me++,2);if(r.t=e,!r.__c&&
(r.__=[n?n(t):Fn(void 0,t),function(o){var i=(r.__N||r.__)[0],l=r.t(i,o);Lt(i,l)||(r.__N=[l,r.__[1]],r.__c.setState({}))}],r.__c=O,!O.__f)){O.__f=!0;var s=O.shouldComponentUpdate;
O.shouldComponentUpdate=function(o,i,l){var f=this.__H;if(!f)return!0;var m=!1,c=this.props!=o;if(f.__.some(function(d){d.__N&&(m=!0,Lt(d.__[0],d.__N[0])||(c=!0))}),
s){var g=s.call(this,o,i,l);return m?g||c:g}return!m||c}}return r.__}function A(e,t){var n=Fe(me++,3);!R.__s&&Ft(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,O.__H.__h.push(
n))}function at(e,t){var n=Fe(me++,4);!R.__s&&Ft(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,O.__h.push(n))}function P(e){return it=5,$e(function(){return{current:e}},[])}function $e(e,t){var n=Fe(me++,7);return Ft(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function ke(){var e=Fe(me++,11);if(!e.__){for(var t=O.__v;!t.__m&&t.__;)t=t.__;var n=t.__m||(t.__m=[0,0]);e.__="P"+n[0]+"-"+n[1]++}return e.__}function Mo(){var e;
do{for(;e=Ut.shift();)try{Ie(e)}catch(n){R.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=In.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Ie),t.__h.some(It),t.__h=[]}catch(n){
t.__h=[],R.__e(n,e.__v)}}}while(Ut.length)}R.__b=function(e){O=null,Cn&&Cn(e)},R.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Pn&&Pn(e,t)},R.__r=function(e){
An&&An(e),me=0;var t=(O=e.__c).__H;t&&(Pt==O?O.__h=[]:(t.__h.some(Ie),t.__h.some(It),me=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})),
Pt=O},R.diffed=function(e){Rn&&Rn(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Un(In.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),Pt=O=null},R.__c=function(e,t){
t.some(function(n){try{n.__h.some(Ie),n.__h=n.__h.filter(function(r){return!r.__||It(r)})}catch(r){n.__h=[function(){throw r}]}}),On&&On(e,t)},R.unmount=function(e){
Nn&&Nn(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,
Un(Ut.push(s))}else Ie(s)}catch(o){t=o}}),r.__H=void 0,t&&R.__e(t,r.__v))};var Ln=typeof requestAnimationFrame=="function";function Eo(e){var t,n=function(){clearTimeout(
r),Ln&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);Ln&&(t=requestAnimationFrame(n))}function Un(e){e!=1&&En==R.requestAnimationFrame||((En=R.requestAnimationFrame)||
Eo)(Mo)}function Ie(e){var t=O,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),O=t}function It(e){var t=O;e.__c=e.__(),O=t}function Ft(e,t){return!e||e.length!=
t.length||t.some(function(n,r){return!Lt(n,e[r])})}function Fn(e,t){return typeof t=="function"?t(e):t}var Co=Symbol.for("pv"),Ao=0;function a(e,t,n,r,s,o){t||(t={});var i,l,f=t;if("ref"in f&&typeof e!="function")for(l in f={},t)l=="ref"?i=t[l]:f[l]=t[l];var m={type:e,props:f,key:n,ref:i,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:Co,__v:--Ao,__i:-1,__u:0};return(s||o)&&(m.__source=s,m.__self=o),M.vnode&&M.vnode(m),m}var Ro=Symbol.for("preact-signals");function ft(){if(ne>1)ne--;else{var e,t=!1;for((function(){var s=ct;for(ct=void 0;s!==void 0;){var o=s.S;if(o.v===s.v)for(var i=o.
t;i!==void 0;i=i.x)i.i===s.i&&(i.i=o.i);s=s.o}})();He!==void 0;){var n=He;for(He=void 0,lt++;n!==void 0;){var r=n.u;if(n.u=void 0,n.f&=-3,!(8&n.f)&&Hn(n))try{n.
c()}catch(s){t||(e=s,t=!0)}n=r}}if(lt=0,ne--,t)throw e}}function Ht(e){if(ne>0)return e();Dt=++Oo,ne++;try{return e()}finally{ft()}}var De,C=void 0;function Be(e){
var t=C,n=De;C=void 0,De=void 0;try{return e()}finally{C=t,De=n}}var He=void 0,ne=0,lt=0,Oo=0,Dt=0,ct=void 0,ut=0;function Dn(e){if(C!==void 0){var t=e.n;if(t===
void 0||t.t!==C)return t={i:0,S:e,p:C.s,n:void 0,t:C,e:void 0,x:void 0,r:t},C.s!==void 0&&(C.s.n=t),C.s=t,e.n=t,32&C.f&&e.S(t),t;if(t.i===-1)return t.i=0,t.n!==
void 0&&(t.n.p=t.p,t.p!==void 0&&(t.p.n=t.n),t.p=C.s,t.n=void 0,C.s.n=t,C.s=t),t}}function L(e,t){this.v=e,this.i=0,this.n=void 0,this.t=void 0,this.l=0,this.W=
t?.watched,this.Z=t?.unwatched,this.name=t?.name}L.prototype.brand=Ro;L.prototype.h=function(){return!0};L.prototype.S=function(e){var t=this,n=this.t;n!==e&&e.
e===void 0&&(e.x=n,this.t=e,n!==void 0?n.e=e:Be(function(){var r;(r=t.W)==null||r.call(t)}))};L.prototype.U=function(e){var t=this;if(this.t!==void 0){var n=e.e,
r=e.x;n!==void 0&&(n.x=r,e.e=void 0),r!==void 0&&(r.e=n,e.x=void 0),e===this.t&&(this.t=r,r===void 0&&Be(function(){var s;(s=t.Z)==null||s.call(t)}))}};L.prototype.
subscribe=function(e){var t=this;return Y(function(){var n=t.value;Be(function(){return e(n)})},{name:"sub"})};L.prototype.valueOf=function(){return this.value};
L.prototype.toString=function(){return this.value+""};L.prototype.toJSON=function(){return this.value};L.prototype.peek=function(){var e=this;return Be(function(){
return e.value})};Object.defineProperty(L.prototype,"value",{get:function(){var e=Dn(this);return e!==void 0&&(e.i=this.i),this.v},set:function(e){if(e!==this.v){
if(lt>100)throw new Error("Cycle detected");(function(n){ne!==0&&lt===0&&n.l!==Dt&&(n.l=Dt,ct={S:n,v:n.v,i:n.i,o:ct})})(this),this.v=e,this.i++,ut++,ne++;try{for(var t=this.
t;t!==void 0;t=t.x)t.t.N()}finally{ft()}}}});function b(e,t){return new L(e,t)}function Hn(e){for(var t=e.s;t!==void 0;t=t.n)if(t.S.i!==t.i||!t.S.h()||t.S.i!==t.
i)return!0;return!1}function Bn(e){for(var t=e.s;t!==void 0;t=t.n){var n=t.S.n;if(n!==void 0&&(t.r=n),t.S.n=t,t.i=-1,t.n===void 0){e.s=t;break}}}function qn(e){
for(var t=e.s,n=void 0;t!==void 0;){var r=t.p;t.i===-1?(t.S.U(t),r!==void 0&&(r.n=t.n),t.n!==void 0&&(t.n.p=r)):n=t,t.S.n=t.r,t.r!==void 0&&(t.r=void 0),t=r}e.s=
n}function de(e,t){L.call(this,void 0,t),this.x=e,this.s=void 0,this.g=ut-1,this.f=4}de.prototype=new L;de.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;
if((36&this.f)==32||(this.f&=-5,this.g===ut))return!0;if(this.g=ut,this.f|=1,this.i>0&&!Hn(this))return this.f&=-2,!0;var e=C;try{Bn(this),C=this;var t=this.x();
(16&this.f||this.v!==t||this.i===0)&&(this.v=t,this.f&=-17,this.i++)}catch(n){this.v=n,this.f|=16,this.i++}return C=e,qn(this),this.f&=-2,!0};de.prototype.S=function(e){
if(this.t===void 0){this.f|=36;for(var t=this.s;t!==void 0;t=t.n)t.S.S(t)}L.prototype.S.call(this,e)};de.prototype.U=function(e){if(this.t!==void 0&&(L.prototype.
U.call(this,e),this.t===void 0)){this.f&=-33;for(var t=this.s;t!==void 0;t=t.n)t.S.U(t)}};de.prototype.N=function(){if(!(2&this.f)){this.f|=6;for(var e=this.t;e!==
void 0;e=e.x)e.t.N()}};Object.defineProperty(de.prototype,"value",{get:function(){if(1&this.f)throw new Error("Cycle detected");var e=Dn(this);if(this.h(),e!==void 0&&
(e.i=this.i),16&this.f)throw this.v;return this.v}});function X(e,t){return new de(e,t)}function Kn(e){var t=e.j;if(e.j=void 0,typeof t=="function"){ne++;var n=C;
C=void 0;try{t()}catch(r){throw e.f&=-2,e.f|=8,Bt(e),r}finally{C=n,ft()}}}function Bt(e){for(var t=e.s;t!==void 0;t=t.n)t.S.U(t);e.x=void 0,e.s=void 0,Kn(e)}function No(e){
if(C!==this)throw new Error("Out-of-order effect");qn(this),C=e,this.f&=-2;try{8&this.f&&Bt(this)}finally{ft()}}function Me(e,t){this.x=e,this.j=void 0,this.s=void 0,
this.u=void 0,this.f=32,this.name=t?.name,De&&De.push(this)}Me.prototype.c=function(){var e=this.S();try{if(8&this.f||this.x===void 0)return;var t=this.x();typeof t==
"function"&&(this.j=t)}finally{e()}};Me.prototype.S=function(){if(1&this.f)throw new Error("Cycle detected");this.f|=1,this.f&=-9,Kn(this),Bn(this),ne++;var e=C;
return C=this,No.bind(this,e)};Me.prototype.N=function(){2&this.f||(this.f|=2,this.u=He,He=this)};Me.prototype.d=function(){this.f|=8,1&this.f||Bt(this)};Me.prototype.
dispose=function(){this.d()};function Y(e,t){var n=new Me(e,t);try{n.c()}catch(s){throw n.d(),s}var r=n.d.bind(n);return r[Symbol.dispose]=r,r}var Gn,mt,pt,Po=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var jn=[];Y(function(){Gn=this.N})();function Ee(e,t){M[e]=t.bind(null,M[e]||function(){})}function qe(e){if(pt){var t=pt;pt=void 0,t()}pt=e&&e.S()}function zn(e){
var t=this,n=e.data,r=Uo(n);r.name="ReactiveDom",r.value=n;var s=$e(function(){for(var l=t,f=t.__v;f=f.__;)if(f.__c){f.__c.__$f|=4;break}var m=X(function(){var u=r.
value.value;return u===0?0:u===!0?"":u||""}),c=X(function(){return!Array.isArray(m.value)&&!Mt(m.value)}),g=Y(function(){if(this.N=Vn,c.value){var u=m.value;l.__v&&
l.__v.__e&&l.__v.__e.nodeType===3&&(l.__v.__e.data=u)}}),d=t.__$u.d;return t.__$u.d=function(){g(),d.call(this)},[c,m]},[]),o=s[0],i=s[1];return o.value?i.peek():
i.value}zn.displayName="ReactiveTextNode";Object.defineProperties(L.prototype,{constructor:{configurable:!0,value:wn($,null).constructor},type:{configurable:!0,
value:zn},props:{configurable:!0,get:function(){var e=this;return{data:{get value(){return e.value}}}}},__b:{configurable:!0,value:1}});Ee("__b",function(e,t){if(qe(),
mt=void 0,typeof t.type=="string"){var n,r=t.props;for(var s in r)if(s!=="children"){var o=r[s];o instanceof L&&(n||(t.__np=n={}),n[s]=o,r[s]=o.peek())}}e(t)});
Ee("__r",function(e,t){if(e(t),t.type!==$){qe();var n,r=t.__c;r&&(r.__$f&=-2,(n=r.__$u)===void 0&&(r.__$u=n=(function(s,o){var i;return Y(function(){i=this},{name:o}),
i.c=s,i})((function(s){return function(){var o;Po&&((o=this.y)==null||o.call(this)),s.__$f|=1,s.setState({})}})(r),typeof t.type=="function"?t.type.displayName||
t.type.name:""))),mt=r,qe(n)}});Ee("__e",function(e,t,n,r){qe(),mt=void 0,e(t,n,r)});Ee("diffed",function(e,t){qe(),mt=void 0;var n;if(typeof t.type=="string"&&
(n=t.__e)){var r=t.__np,s=t.props,o=n.U;if(o)for(var i in o){var l=o[i];l===void 0||r&&i in r||(l.d(),o[i]=void 0)}if(r){o||(o={},n.U=o);for(var f in r){var m=o[f],
c=r[f];m===void 0?(m=Lo(n,f,c,s),o[f]=m):m.o(c,s)}}}e(t)});function Lo(e,t,n,r){var s=t in e&&e.ownerSVGElement===void 0,o=b(n);return{o:function(i,l){o.value=i,
r=l},d:Y(function(){this.N=Vn;var i=o.value.value;r[t]!==i&&(r[t]=i,s?e[t]=i:i!=null&&(i!==!1||t[4]==="-")?e.setAttribute(t,i):e.removeAttribute(t))})}}Ee("unmo\
unt",function(e,t){if(typeof t.type=="string"){var n=t.__e;if(n){var r=n.U;if(r){n.U=void 0;for(var s in r){var o=r[s];o&&o.d()}}}var i=t.__np;if(i){var l=t.props;
for(var f in i)l[f]=i[f]}t.__np=void 0}else{var m=t.__c;if(m){m.__$f|=8;var c=m.__$u;c&&(m.__$u=void 0,c.d())}}e(t)});Ee("__h",function(e,t,n,r){r<3&&(t.__$f|=2),
e(t,n,r)});Te.prototype.shouldComponentUpdate=function(e,t){if(this.__R)return!0;var n=this.__$u,r=n&&n.s!==void 0;for(var s in t)return!0;if(this.__f||typeof this.
u=="boolean"&&this.u===!0){var o=2&this.__$f;if(!(r||o||4&this.__$f)||1&this.__$f)return!0}else if(!(r||4&this.__$f)||3&this.__$f)return!0;for(var i in e)if(i!==
"__source"&&e[i]!==this.props[i])return!0;for(var l in this.props)if(!(l in e))return!0;return!1};function Uo(e,t){return $e(function(){return b(e,t)},[])}var Io=function(e){queueMicrotask(function(){queueMicrotask(e)})};function Fo(){Ht(function(){for(var e;e=jn.shift();)Gn.call(e)})}function Vn(){jn.push(this)===1&&(M.requestAnimationFrame||Io)(Fo)}function k(){return{read:e=>e??"",write:e=>e||null}}function q(e,t){return{read:n=>e.includes(n)?n:t,write:n=>n===t?null:n}}function Ce(){return{read:e=>e==="1",
write:e=>e?"1":null}}function Wn(e,t){let n=new URLSearchParams(t),r={};for(let[s,o]of Object.entries(e))r[s]=o.read(n.get(s));return r}function Jn(e,t){let n=[];
for(let[r,s]of Object.entries(e)){let o=t[r],i=o===void 0?null:s.write(o);i!==null&&n.push(`${r}=${Ae(i)}`)}return n.length===0?"":`?${n.join("&")}`}function Ae(e){
return encodeURIComponent(e).replace(/%(20|2F|3A|2C|3D|40)/g,t=>t==="%20"?"+":decodeURIComponent(t))}var Do="/api/nines/v1",D=0,Ke=b(0);function j(e,t={}){let n=Object.entries(t).flatMap(([r,s])=>s===void 0||s===""?[]:[`${r}=${Ae(String(s))}`]);return Do+e+(n.length===
0?"":`?${n.join("&")}`)}var Z=class extends Error{constructor(n,r){super(n.detail??n.title);this.problem=n;this.url=r}problem;url};async function ee(e,t,n,r){let s;
try{s=await fetch(`${e}${e.includes("?")?"&":"?"}lang=${t}`,{signal:n,headers:{accept:"application/json",...r===void 0?{}:{"content-type":"application/json"}},...r===
void 0?{}:{method:"POST",body:r}})}catch(l){throw n?.aborted?l:(Ke.value||=Date.now(),new Z({title:"unreachable",status:D},e))}Ke.value=0;let o=await s.json().catch(
()=>null);if(s.ok&&o!==null)return o;let i=typeof o=="object"&&o!==null?o:{};throw new Z({...i,title:i.title??(s.statusText||String(s.status)),status:s.status},
e)}function qt(e,t){if(e<t)return e;let n=Math.floor(Math.log2(e))-Math.log2(t);return(n+1)*t+Math.floor(e/2**n)-t}function Ho(e,t){if(e<t)return{fromUs:e,toUs:e};
let n=2**(Math.floor(e/t)-1),r=(e%t+t)*n;return{fromUs:r,toUs:r+n-1}}function Zn(e,t,n=[]){let{fromMs:r,toMs:s,stepMs:o,parts:i}=e,l=Math.floor(r/o)*o,f=Math.min(
4e3,Math.max(1,Math.floor((s-l)/o)+1)),m=t.flatMap(({bucket:h})=>h?[qt(h.fromUs,i)]:[]);for(let h of n)m.push(qt(h,i));let c=m.reduce((h,x)=>Math.min(h,x),1/0),
g=m.reduce((h,x)=>Math.max(h,x),-1/0),d=m.length===0?[]:Array.from({length:g-c+1},(h,x)=>Ho(c+x,i)),u={fromMs:r,toMs:s,stepMs:o,columns:f,rows:d,spans:new Float64Array(
f*d.length),errors:new Float64Array(f*d.length),allSpans:new Float64Array(f),allErrors:new Float64Array(f)};for(let{atMs:h,bucket:x,spans:v,errors:E}of t){let p=Math.
round((h-l)/o);if(p<0||p>=f||(u.allSpans[p]+=v,u.allErrors[p]+=E,!x))continue;let y=p*d.length+qt(x.fromUs,i)-c;u.spans[y]+=v,u.errors[y]+=E}return u}var Gt=(e,t)=>Math.
floor(e.fromMs/e.stepMs)*e.stepMs+t*e.stepMs;function Di(e,t){if(!t||e.rows.length===0)return null;let n=Gt(e,0),r=Math.max(0,Math.floor((t.fromMs-n)/e.stepMs)),
s=Math.min(e.columns-1,Math.ceil((t.toMs-n)/e.stepMs)-1),o=e.rows.findIndex(l=>l.toUs>=t.fromUs),i=e.rows.findLastIndex(l=>l.fromUs<=t.toUs);return r>s||o<0||i<
o?null:{c0:r,c1:s,r0:o,r1:i}}function Hi(e,{c0:t,c1:n,r0:r,r1:s}){return{fromMs:Math.max(e.fromMs,Gt(e,t)),toMs:Math.min(e.toMs,Gt(e,n+1)),fromUs:e.rows[r].fromUs,
toUs:e.rows[s].toUs}}function Bi(e,t){let n={spans:0,errors:0};if(!t)return n;for(let r=t.c0;r<=t.c1;r++)for(let s=t.r0;s<=t.r1;s++)n.spans+=e.spans[r*e.rows.length+
s],n.errors+=e.errors[r*e.rows.length+s];return n}var qi=e=>({c0:0,c1:e.columns-1,r0:0,r1:e.rows.length-1});function Ki(e,t,n){let r=e.rows.length,s=e.spans.subarray(
t*r,t*r+r),o=Math.max(1,Math.ceil(n*s.reduce((l,f)=>l+f,0))),i=0;for(let l=0;l<r;l++)if(i+=s[l],i>=o)return e.rows[l].toUs;return null}function Qn(e){let[t,n,r,
s,...o]=e.split(",").map(l=>/^\d{1,16}$/.test(l)?Number(l):NaN);return o.length===0&&t<n&&r<=s?{fromMs:t,toMs:n,fromUs:r,toUs:s}:null}var Gi=e=>e?[e.fromMs,e.toMs,
e.fromUs,e.toUs].join(","):"",he=1e3,ge=60*he,ie=60*ge,Kt=[he,2*he,5*he,10*he,15*he,30*he,ge,2*ge,5*ge,10*ge,15*ge,30*ge,ie,2*ie,3*ie,6*ie,12*ie,24*ie,48*ie,168*
ie];function ji(e,t,n,r){let s=Kt.find(i=>(t-e)/i<=n)??Kt[Kt.length-1],o=[];for(let i=Math.ceil((e+r)/s)*s-r;i<=t;i+=s)o.push(i);return{stepMs:s,at:o}}function zi(e,t,n){
let r=[];for(let i=1;i<=t;i*=10)r.push(i);let s=i=>i.filter(l=>l>=e&&l<=t),o=s(r);if(o.length>=3){let i=Math.ceil(o.length/Math.max(1,n));return o.filter((l,f)=>(o.
length-1-f)%i===0)}return s(r.flatMap(i=>[i,2*i,5*i])).slice(-n)}var jt="nines.";function ye(e){try{return localStorage.getItem(jt+e)}catch{return null}}function _e(e,t){try{t===null?localStorage.removeItem(jt+e):localStorage.
setItem(jt+e,t)}catch{}}var Bo={s:"second",m:"minute",h:"hour",d:"day",w:"week"},tr=[["day",864e8],["hour",36e8],["minute",6e7],["second",1e6]];function Xn(e){for(let t=0;t<4;t++)if(Math.
abs(e-Number(e.toFixed(t)))<1e-9)return t;return 4}function dt(e){let t=e>=100?0:e>=10?1:2;return String(Number(e.toFixed(t)))}function nr(e){let t=/^(\d+)(us|ms|s|m|h|d|w)$/.
exec(e);if(!t)return null;let n={us:1,ms:1e3,s:1e6,m:6e7,h:36e8,d:864e8,w:7*864e8}[t[2]];return Number(t[1])*(n??0)}function Yn(e){for(let[t,n]of tr)if(e>=n)return[
Math.round(e/n),t];return[Math.round(e/1e6),"second"]}var er=["B","kB","MB","GB","TB"];function qo(e){let t=0;for(;e>=999.5&&t<er.length-1;)e/=1e3,t++;return`${t===
0?Math.round(e):dt(e)} ${er[t]}`}function rr(e,t="local"){let n=t==="utc"?"UTC":void 0,r=p=>t==="utc"?0:-new Date(p).getTimezoneOffset()*6e4,s=p=>Math.floor((p+
r(p))/864e5),o=e==="ko"?"ko-KR":"en-GB",i=new Intl.NumberFormat(o,{maximumFractionDigits:0}),l=new Intl.RelativeTimeFormat(o,{numeric:"always",style:e==="ko"?"l\
ong":"short"}),f=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",second:"2-digit",hourCycle:"h23"}),m=new Intl.DateTimeFormat(o,{timeZone:n,
month:"short",day:"numeric",hour:"2-digit",minute:"2-digit",hourCycle:"h23"}),c=new Intl.DateTimeFormat(o,{timeZone:n,hour:"2-digit",minute:"2-digit",hourCycle:"\
h23"}),g=new Intl.DateTimeFormat(o,{timeZone:n,month:"short",day:"numeric"}),d=new Intl.DateTimeFormat(o,{timeZone:n,year:"numeric",month:"short",day:"numeric",
hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3,hourCycle:"h23",timeZoneName:"short"}),u=new Intl.ListFormat(o,{style:"short",type:"co\
njunction"}),h=new Map;function x(p,y,S){let U=y+S,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"unit",unit:y,unitDisplay:S}),h.set(U,I)),I.format(p)}
function v(p,y,S){let U=`%${y}${S}`,I=h.get(U);return I||(I=new Intl.NumberFormat(o,{style:"percent",minimumFractionDigits:y,maximumFractionDigits:y,roundingMode:S?
"floor":"halfExpand"}),h.set(U,I)),I.format(p).replace("-","−").replace(/^−0(\.0+)?%$/,"0%")}function E(p){if(p<=0)return"0 ms";if(p<1e3)return`${Math.round(
p)} µs`;if(p<999500)return`${dt(p/1e3)} ms`;if(p<6e7)return`${dt(p/1e6)} s`;let[y,S]=p<36e8?["minute","second"]:p<864e8?["hour","minute"]:["day","hour"],U=Object.
fromEntries(tr),I=Math.floor(p/U[y]),te=Math.floor((p-I*U[y])/U[S]),G=x(I,y,"narrow");return te===0?G:`${G} ${x(te,S,"narrow")}`}return{count:p=>i.format(p),duration:E,
offset:p=>(p<0?"−":"+")+E(Math.abs(p)),length:p=>x(...Yn(p),"long"),window(p){let y=/^(\d+)([smhdw])$/.exec(p);return y?x(Number(y[1]),Bo[y[2]],"long"):p},target:p=>v(
p,Xn(p*100),!1),sli(p,y){return p===null?"–":p===1?"100%":v(p,Math.max(2,Xn(y*100)),!0)},budget(p){if(p===null)return"–";let y=Math.abs(p);return v(p,y>0&&y<
.01?1:0,!1)},share:p=>v(p,p>0&&p<.1?1:0,!1),burn(p){return p===null?"–":`${p>=100?i.format(p):p.toFixed(1)}×`},time(p,y){return(s(p)===s(y)?f:m).format(p)},tick(p,y){
let S=(p+r(p))%864e5<6e4;return y>=24*36e5||S&&y>=36e5?g.format(p):(y>=6e4?c:f).format(p)},instant:p=>d.format(p),relative(p,y){let[S,U]=Yn(Math.abs(p-y)*1e3);return l.
format(p<=y?-S:S,U)},list:p=>u.format(p),bytes:qo,rate:p=>`${p>=1e3?i.format(p):p>0&&p<.01?"<0.01":dt(p)}/s`,offsetMs:r}}function Ko(){let e={lang:"",version:"",path:"",data:{}};if(typeof document>"u")return e;let t=document.getElementById("boot")?.textContent??"";try{return{...e,
lang:document.documentElement.lang,...JSON.parse(t)}}catch{return{...e,lang:document.documentElement.lang}}}var Re=Ko();var T=(e,t,n)=>e===1?t:n;var or={alerts:{title:"Alerts",table:"Alerts and their state",states:{active:"Active",firing:"Firing",pending:"Pending",frozen:"Frozen",all:"All",inactive:"Inac\
tive"},find:"Find by SLO, service or severity",state:"State",alert:"Alert",since:"Since",burn:"Burn",burnText:(e,t,n)=>`${e} over ${t}, limit ${n}`,care:"Who ta\
kes care",acknowledge:"Acknowledge",acknowledged:(e,t)=>`${e}, ${t}`,nobody:"somebody",yourName:"Your name",ackText:e=>`${e}: whoever is told of it is not told \
again until it ends.`,ackFailed:e=>`Not acknowledged: ${e}`,cancel:"Cancel",silenced:(e,t)=>`silenced by ${e} until ${t}`,told:e=>`told: ${e}`,frozen:{stale:"co\
unting lags behind",coverage:"too little was measured",empty:"no events any more"},traces:"Traces",tracesOf:e=>`Failing traces of ${e}`,quiet:"Nothing fires",quietText:"\
No alert is pending, firing or frozen.",nothing:"No alert matches.",showAll:"Show all",history:"History",noHistory:"No alert has changed yet.",more:"Older",who:"\
Who is told",nobodyTold:"Nobody: no target is configured. Alerts are on this page, in `nines alert list` and at the gate only.",target:"Target",kind:"Type",waiting:"\
Waiting",givenUp:"Given up",silences:"Silences",delivers:"Delivers",failing:"Fails",failingText:(e,t,n)=>`since ${e}, ${t} ${T(t,"try","tries")}: ${n}`}};var sr={definitions:{title:"Definitions",refused:e=>`Definitions refused: ${e} ${T(e,"fault","faults")}. The last good set is in force.`,inForceSince:e=>`in for\
ce since ${e}`,show:"Show faults",generation:"Generation",generationHint:"How many different sets were in force here",loaded:"In force since",objects:"Objects",
files:"Files",nFiles:e=>`${e} ${T(e,"file","files")}`,watched:e=>`Watched: ${e}`,builtIn:"Built into the program",faults:"Faults of the refused set",refusedAt:e=>`\
refused ${e}`,warnings:"Warnings of the set in force",sound:"Nothing is wrong with them.",error:"Fault",warning:"Warning",copyPlace:e=>`Copy ${e}`,inForce:"In f\
orce",find:"Find by kind, name or file",all:"All",kind:"Kind",name:"Name",place:"Place",nothing:"No object matches.",emptyTitle:"Nothing is defined",emptyText:"\
SLOs, alerts, policies and stories are files that the server watches. Check them, then name their folder:",more:e=>`${e} more: narrow the list by its filter.`}};var ir={map:{title:"Service map",focus:"Focus",everything:"Everything",hops:"Calls away",min:"Hide calls below",minOf:e=>e==="0"?"none":`${e}%`,view:"View",graph:"\
Graph",table:"Table",find:"Find service",folded:e=>`+${e} quiet ${T(e,"service","services")}`,unfold:"Show all",fold:"Only the busy",weak:e=>`${e} weak ${T(e,"l\
ine","lines")} hidden`,over:e=>`Rates are the mean over: ${e}`,label:(e,t)=>`Map of ${e} ${T(e,"service","services")} and ${t} ${T(t,"line","lines")}. The table\
 has the same.`,node:(e,t,n,r)=>`${e}, ${t}, ${n}, ${r} failing`,p95:e=>`p95 ${e}`,kinds:{service:"service",database:"database",queue:"queue",external:"external"},
alarming:"an alert fires",zoomIn:"Zoom in",zoomOut:"Zoom out",fit:"Whole map",walk:"Along calls, up and down",details:"Details",close:"Close details",focusHere:"\
Focus here",traces:"Traces of this service",through:"Traces through this line",throughEdge:(e,t)=>`Traces from ${e} to ${t}`,rate:"Calls",errors:"Failing",slow:"\
p95",slos:"SLOs",noSlos:"No SLO is about this service.",callers:"Called by",called:"Calls",lines:"Calls between services",services:"Services",from:"From",to:"To",
kind:"Kind",status:"Status",p50:"p50",p99:"p99",emptyTitle:"No calls between services in this time",emptyText:"The map is drawn from spans that call each other \
across services.",noFocus:e=>`${e} calls nobody in this time, and nobody calls it.`,legendWidth:"line width: calls a second, logarithmic",legendRed:"red core: s\
hare that failed",legendSparse:"names appear as you zoom in (Ctrl and wheel) or point"}};var ar={settings:{title:"Settings",appearance:"Appearance",thisBrowser:"Kept in this browser",density:"Rows",comfortable:"Comfortable",dense:"Dense",zone:"Times",
local:e=>`Local (${e})`,utc:"UTC",server:"Server",version:"Version",commit:"Commit",started:"Started",listen:"Addresses",storage:"Storage",dataDir:"Data directo\
ry",definitions:"Definitions",memory:"Memory",memoryOf:(e,t)=>`${e} of ${t}`,cpu:"Processor time",threads:"Threads, open files",held:"What is stored",spans:"Spa\
ns",inMemory:e=>`${e} in memory`,onDisk:"Blocks",inbox:"Inbox",history:"Histograms",perSpan:"a span",retention:"Retention",keeps:e=>`Spans are kept for ${e}`,keepsBytes:(e,t)=>`\
Spans are kept for ${e} and up to ${t}`,keepsAll:"Nothing is removed here.",next:e=>`The oldest block goes ${e}.`,byDay:"By day of arrival",day:"Day",bytes:"Byt\
es",bySection:"By part of a block",part:"Part",byColumn:"By column",byColumnHint:"Looks at every block.",measure:"Measure",column:"Column",limits:"Limits in for\
ce",limit:"Limit",value:"At most",limitOf:{body_bytes_max:"a message on the wire",inflated_bytes_max:"a message when inflated",in_flight_bytes_max:"messages bei\
ng taken at once",connections_max:"open connections",services_max:"services listed",names_per_service_max:"names of a service",groups_held_max:"groups of an agg\
regate",filter_chars_max:"characters of a filter",terms_max:"terms of a filter"},keys:"Keyboard"}};var lr=e=>e==="0"?"":`, ${e} failed`,cr={chart:{heatmap:"heat-map",hint:"Drag a box to select.",hintZoom:"Drag a box to select. Drag over the columns to zoom in\
.",keys:"Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",cell:(e,t,n,r,s,o,i)=>`${e} – ${t} · ${n}\
 – ${r} · ${o} ${T(s,"span","spans")}${lr(i)}`,column:(e,t,n,r,s)=>`${e} – ${t} · ${r} ${T(n,"span","spans")}${lr(s)}`,dot:(e,t,n)=>`${e} · ${t}${n?" · f\
ailed":""}`,asTable:"View as table",asChart:"View as chart",time:"From",spans:"Spans",errors:"Errors",median:"Median",p99:"99th percentile"}};var ur={state:{loading:"Loading…",page:"The page",failed:e=>`${e} could not be loaded`,unreachable:"The server does not answer. The page tries again by itself\
.",lost:e=>`The server has not answered since ${e}. What is shown is from before; the page tries again by itself.`,partial:e=>`This is not all of it: ${e}`,retry:"\
Try again",diagnostic:"Copy diagnostic",stale:e=>`As of ${e}`,notFoundTitle:"There is no such page",notFoundText:e=>`Nothing lives at ${e}.`,notFoundGo:"Go to t\
he overview"},status:{missed:"Missing the target",low:"Budget below a quarter",held:"Releases held",burning:"Burning fast",spent:"Budget spent",risk:"At risk",healthy:"\
Healthy",none:"No data",all:"All"}};var fr={compare:{title:"Compare two traces",mark:"Mark for comparison",unmark:"Take the mark off",marked:"Marked. Mark another trace to compare the two.",unmarked:"\
The mark is off.",withMarked:"Compare with the marked trace",otherId:"Id of the other trace",go:"Compare",badId:"A trace id is 16 or 32 characters from 0-9 and \
a-f.",heading:(e,t)=>`${e} and ${t}`,traceA:"Trace A",traceB:"Trace B",swap:"Swap A and B",open:e=>`Open ${e}`,difference:"Difference",all:"All spans",differing:"\
Differences",show:"Spans shown",tree:"Spans of both traces",span:"Service and operation",onlyA:"only in A",onlyB:"only in B",onlyATitle:"Only in A",onlyBTitle:"\
Only in B",moreCalls:"Far more calls",selfTime:"Self time that differs most",nothing:"none",calls:(e,t)=>`${e} → ${t} calls`,times:e=>`${e} times`,same:"no ch\
ange",slower:e=>`${e} slower`,faster:e=>`${e} faster`,tags:"Tags that differ",tagsSame:"All tags are the same.",selectHint:"Select a row to compare its tags.",nothingDiffers:"\
Nothing differs by more than one hundredth of the trace.",missing:e=>`Trace ${e} is not here`,nextDifference:"Next, previous difference"}};var pr={overview:{title:"Overview",numbers:"At a glance",meeting:"SLOs meeting target",meetingOf:(e,t)=>`${e} / ${t}`,unmeasured:e=>`${e} without data`,worst:"L\
owest budget",burning:"Burning now",burningNone:"none pages",gate:"Release gate",gateHeld:(e,t)=>`${e} of ${t} services held`,gateFree:e=>`all ${e} services may\
 release`,stories:"User stories",storiesNone:"No user story is defined.",storiesAll:"All of each story",storyOwner:e=>`owned by ${e}`,changed:"What changed",changes:"\
The changes",changedNone:"Nothing yet. Deploys, gate decisions and loaded definitions appear here.",emptyTitle:"No SLO is loaded",emptyText:"An SLO says which r\
equests count and how many of them must be good. Put OpenSLO files into a directory, check them, and start the server with it.",emptySince:e=>`Watched for defin\
itions: ${e}`,filtered:(e,t)=>`${e} of ${t} SLOs`,clear:"Show all",story:e=>`Story: ${e}`,storyBudget:e=>`${e} budget left`,storyTraces:e=>`${e} of traces good`,
storyTracesLink:"Traces of this story",chain:e=>`Steps of ${e}`,suggested:"Suggested from what was received",achieved:(e,t,n,r)=>`${e} of ${t} requests in ${n}:\
 promise ${r}`,copyYaml:"Copy definition",stepsTitle:(e,t)=>`First steps: ${e} of ${t}`,stepsDismiss:"Dismiss",steps:{span:"First span",slo:"First SLO",alert:"A\
lert channel",policy:"Policy",deploy:"Deploy marks"},stepsHow:{span:"How to send one",slo:"Suggested SLOs"},stepDone:"done",stepOpen:"open"}};var mr={nav:{label:"Pages",overview:"Overview",slos:"SLOs",stories:"User stories",traces:"Traces",map:"Service map",alerts:"Alerts",definitions:"Definitions",settings:"\
Settings",skip:"Skip to content"},shell:{jump:"Search or jump to…",appearance:"Theme and language",theme:"Theme",system:"System",light:"Light",dark:"Dark",language:"\
Language",help:"Keyboard shortcuts",share:"Share",close:"Close",live:"Live",livePaused:"Paused",liveWaiting:"Reconnecting",livePolling:"Every 10 s",liveHint:"Th\
e page follows the server while it is visible.",copied:e=>`Copied: ${e}`,copyFailed:"The browser did not allow copying.",copy:"Copy",version:e=>`nines ${e}`,title:e=>`${e}\
 · nines`},palette:{label:"Search or jump",placeholder:"Page, SLO, service, operation or trace id; with a time: checkout 14:02",none:"Nothing by that name.",page:"\
Page",slo:"SLO",service:"traces of this service",operation:"traces of this operation",around:e=>`traces around ${e}, slowest first`,trace:"Open trace",action:"A\
ction",copyLink:"Copy link to this page",copyPinned:"Copy link to this moment",copyCommand:"Copy as command",useTheme:e=>`Theme: ${e}`,useLanguage:e=>`Language:\
 ${e}`,results:e=>`${e} ${T(e,"result","results")}`},keys:{groupGlobal:"Everywhere",groupList:"Lists",groupTrace:"Trace",groupSlo:"An SLO",acknowledge:"Acknowle\
dge the alert",nextMarker:"Next mark on the line",previousMarker:"Previous mark",palette:"Search or jump",filter:"Go to the filter",help:"This sheet",goOverview:"\
Go to Overview",goSlos:"Go to SLOs",goStories:"Go to User stories",goTraces:"Go to Traces",goMap:"Go to Service map",goAlerts:"Go to Alerts",goDefinitions:"Go t\
o Definitions",goSettings:"Go to Settings",copyLink:"Copy link",copyCommand:"Copy as command",next:"Next row",previous:"Previous row",open:"Open",openTab:"Open \
in a new tab",collapse:"Collapse, expand",collapseAll:"Collapse all, expand all",level:"One level for all",zoom:"Zoom in, out",pan:"Move left, right",fit:"Fit t\
he selected span",reset:"Whole trace",critical:"Critical path",error:"Next, previous error",match:"Next, previous match",singleKeys:"Use single-key shortcuts",foldLike:"\
Fold calls like this one",foldAll:"Fold all repeated calls",root:"Only this subtree, whole trace",view:"Timeline, flame, table, map, JSON"}};var dr={slo:{title:"SLOs",table:"Service level objectives",name:"SLO",story:"Story",service:"Service",target:"Target",now:"Now",budget:"Budget left",burn:"Burn \
1h / 6h",runsOut:"Runs out",status:"Status",budgetOf:e=>`${e}: budget left`,find:"Find SLO, service or story",nothing:"No SLO matches.",groupBy:"Group",groups:{
none:"None",story:"Story",service:"Service",team:"Team"},ungrouped:"None of these",sortBy:"Order",sorts:{risk:"Risk",budget:"Budget left",burn:"Burn",name:"Name"},
sparkOf:(e,t)=>`${e}: budget left over ${t}`,estimate:"An estimate: some events were not seen one by one",rawIs:e=>`${e} with what is excluded`,window:e=>`${e} \
rolling`,calendar:(e,t)=>`each ${e} by the calendar of ${t}`,heldHint:"This SLO holds the releases of its service.",left:e=>`${e} budget left`,detailTarget:e=>`\
Target ${e}`,goodBad:(e,t)=>`${e} good, ${t} bad`,goodBadSlices:(e,t)=>`${e} good, ${t} bad time slices`,exceeded:e=>`${e} bad over what is allowed`,leftOver:e=>`${e}\
 more bad possible`,outage:e=>`≈ ${e} of everything failing, at this traffic`,oneFailure:e=>`Low traffic: 1 failure = ${e} of the budget`,coverage:e=>`${e} of\
 the window measured`,report:"Print report",objectives:"Objectives",composite:"All together",budgetOverTime:"Error budget over time",budgetRolling:e=>`Error bud\
get, ${e} rolling`,budgetCalendar:e=>`Error budget, each ${e}, against the traffic forecast for it`,shows:"The chart shows",tabs:{budget:"Budget left",sli:"SLI",
requests:"Requests"},chartText:(e,t,n,r,s,o)=>`${e} went from ${t} to ${n} between ${r} and ${s}; ${o} ${T(o,"thing","things")} happened beside it.`,chartNone:"\
Not measured long enough for a line.",chartHint:"Drag to zoom, double-click for the whole window, click a mark to compare before and after.",lanes:{deploy:{short:"\
deploy",long:"Deploy"},alert:{short:"alert",long:"Alert"},gate:{short:"gate",long:"Release gate"},policy:{short:"policy",long:"Policy"},freeze:{short:"freeze",long:"\
Freeze"},exclusion:{short:"excl.",long:"Excluded"}},below:(e,t)=>`${e} down to ${t}`,cameBack:(e,t)=>`+${e}: failures of ${t} left the window`,until:"Until",good:"\
Good",bad:"Bad",happened:"What happened",zoomIn:"Zoom in",earlier:"Earlier",wholeWindow:"Whole window",nMarkers:e=>`${e} ${T(e,"mark","marks")}`,markerBefore:"P\
revious",markerAfter:"Next",untilTime:e=>`until ${e}`,beforeAfter:(e,t,n,r)=>`Failing before: ${e} of ${t}. After: ${n} of ${r}.`,tracesOfVersion:e=>`Traces of ${e}`,
burnByWindow:"Burn by window",burnWindow:"Windows",burnRate:"Burn",burnLimit:"Alerts at",burnState:"State",pair:(e,t)=>`${e} & ${t}`,unreachable:"cannot be reac\
hed",firing:"Firing",recovering:"Recovering",rising:"Rising",quiet:"OK",pace:e=>`At this pace the rest of the budget lasts ${e}.`,paceLasts:"At this pace the bu\
dget lasts.",paceGone:"The budget is spent.",latency:"Latency, good and failing",latencyText:"Requests over time and duration; failing ones are marked",latencyNone:"\
No single requests to draw: nothing is stored in this time, or events are made of several spans.",threshold:"Threshold",share:"What failing requests share",shareNoBad:"\
No failing request is stored in this time.",shareNone:e=>`${e} ${T(e,"failing request shares","failing requests share")} nothing that good ones lack.`,value:"Va\
lue",ofBad:"Failing",ofGood:"Good",looked:(e,t)=>`Of ${e} failing requests, the newest, and ${t} from all of the time.`,include:(e,t)=>`Include: failing request\
s with ${e}=${t}`,exclude:(e,t)=>`Exclude: failing requests without ${e}=${t}`,seeAll:(e,t)=>`All requests with ${e}=${t}`,seeTraces:"See traces",selected:(e,t,n,r)=>`\
Selected: ${e} – ${t}, ${n} – ${r}`,clearSelection:"Clear",spentIt:"Traces that spent it",when:"Ended",request:"Request",took:"Took",ofBudget:"Of the budget",
moreBad:e=>`and ${e} more`,allTraces:"Search all of them",whatIf:"What if…",wouldUse:(e,t,n,r)=>`With ${e}${t?` and ${t}`:""} the last ${n} would have used ${r}\
 of the budget.`,pagesAre:e=>`It paged ${e} ${T(e,"time","times")}.`,pagesWould:(e,t)=>`The target would have paged ${e} ${T(e,"time","times")} instead of ${t}.`,
whatIfStored:"Other thresholds are counted from stored requests; pages are those of the threshold in force.",propose:"Propose",proposeHow:"Nothing changes here:\
 put this into the file, let somebody review it, and load it.",reset:"Reset",policy:"Policy",inState:(e,t)=>`State ${e} of ${t}`,gateTitle:"Release policy",gateAllowed:"\
Releases allowed",gateAsk:"Ask the gate",gateRecorded:e=>`Recorded: ${e}`,rule:"Rule",ruleDefault:"Default: held where a budget is empty, a page fires, or a mea\
surement is missing.",stateAbove:e=>`above ${e}`,stateRest:"below that",stateSince:(e,t)=>`${e} since ${t}`,doesFreeze:"freezes",doesAllow:e=>`only ${e}`,doesApprove:e=>`\
approval for ${e}`,doesLimit:e=>`${e} deploys a day`,doesCanary:e=>`canary up to ${e}%`,inputs:"Inputs",inputsNone:"Nothing stands against a release.",freeze:(e,t,n)=>`\
Freeze ${e} until ${t}: ${n}`,result:"Result",changesAt:e=>`Something known changes at ${e}.`,override:"Override",tokens:(e,t,n,r)=>`${e} of ${t} ${T(t,"excepti\
on","exceptions")} left in ${n}; ${r?"somebody other than the requester approves":"anybody approves"}.`,exception:(e,t,n)=>`Change ${e} may pass until ${n}, app\
roved by ${t}.`,alerts:"Alerts",alertsNone:"This objective has no alerts of its own.",severities:{page:"Page",ticket:"Ticket",unmeasured:"No data"},alertStates:{
inactive:"Quiet",pending:"Pending",firing:"Firing",frozen:"Frozen"},since:e=>`since ${e}`,acknowledge:"Acknowledge",acked:"Acknowledged: it is not told again.",
ackNone:"No alert fires here.",acknowledgedBy:(e,t)=>`Taken care of${e?` by ${e}`:""} since ${t}`,silencedBy:(e,t,n)=>`Silenced by ${e} until ${t}: ${n}`,byTag:e=>`\
By ${e}`,history:"History",month:"Month",countedFrom:e=>`Counted from ${e} on.`,estimatedUntil:e=>`Before ${e} by histograms alone: an estimate.`,monthReport:(e,t,n)=>`${e}\
: ${t}, ${n} budget left`,nAmendments:e=>`${e} ${T(e,"stretch","stretches")} amended since`,excluded:(e,t,n,r)=>`Excluded by ${e} (${t}; approved by ${n}): ${r}\
 events`,amended:(e,t,n)=>`Amended from ${e}: ${t} good+bad before, ${n} now`,definedIn:"Defined in",unknown:e=>`No SLO is called ${e}.`,toAll:"All SLOs"}};var hr={stories:{title:"User stories",find:"Find story, owner or SLO",none:"No user story is defined",noneText:"A story is what a user does in several steps, an\
d the SLOs that have to hold for it. Put one into a file of the definitions:",nothing:"No story fits these words",window:e=>`window ${e}`,target:e=>`target ${e}`,
counted:(e,t)=>`${e} of ${t} traces bad`,joins:{trace:"judged by whole traces",weighted:"weighted mean of its SLOs",worst:"as good as its worst SLO"}}};var gr={trace:{title:"Trace",spanCount:(e,t)=>`${t} ${T(e,"span","spans")}`,serviceCount:e=>`${e} ${T(e,"service","services")}`,errorCount:(e,t)=>`${t} ${T(e,"e\
rror","errors")}`,duration:"Duration",critical:"Critical path",json:"JSON",jsonHint:"The trace as Zipkin's JSON",copyId:"Copy the trace id",find:"Find: a word o\
f a name or tag, status=503, duration>20ms, >2.5%",findLabel:"Find in trace",findCount:(e,t)=>`${e} / ${t}`,findNone:"no match",findNext:"Next match",findPrevious:"\
Previous match",zoomIn:"Zoom in",zoomOut:"Zoom out",zoomReset:"Whole trace",collapseAll:"Collapse all",expandAll:"Expand all",dockRight:"Details at the right",dockBelow:"\
Details below",minimap:"Drag to look at a part of the time",grid:e=>`Spans of ${e}`,missing:(e,t,n)=>`${t} ${T(e,"parent","parents")} did not arrive (${n}); the\
 spans below stand under the nearest span known.`,skew:e=>`Clocks disagreed, and their spans were moved inside the calls that caused them: ${e}.`,hidden:e=>`+${e}`,
hiddenLabel:e=>`${e} spans below`,startsAt:e=>`starts at ${e}`,error:"error",errorStatus:e=>`error ${e}`,onCritical:"on the critical path",unnamed:"(unnamed)",unknownService:"\
(unknown)",notFound:"This trace is not here",notFoundText:e=>`No span of ${e} is stored: it never arrived, was sampled out, or its retention is over.`,badId:e=>`${e}\
 is not a trace id: 16 or 32 characters from 0-9 and a-f.`,toTraces:"Search traces",openTooLarge:"A trace to open may have 10 MiB at most.",timeline:"Timeline",
flameView:"Flame",tableView:"Table",mapView:"Map",views:"Ways to look at it",flame:e=>`${e} as a flame: arrows go to the caller, the first call and its neighbou\
rs`,flameHint:"Point at a bar, or press the arrow keys.",map:e=>`Services of ${e}`,mapNone:"No service calls another one here.",peer:"reports nothing itself",caller:"\
Caller",callee:"Called",calls:"Calls",meanTime:"Mean time",times:e=>`×${e}`,foldedCalls:e=>`${e} calls folded, together`,foldAll:"Fold repeated calls",findOnly:"\
Only these",findAsking:"looking at tags…",more:"More",download:"Download",downloadJson:"Download JSON",jsonCut:"The first 100,000 characters; the file has all\
 of it.",openFile:"Open a JSON file…",openHint:"A file may also be dropped, and Zipkin’s JSON pasted, anywhere on the page.",opened:"This trace was opened f\
rom a text. It is not stored here.",subtree:(e,t,n)=>`Only ${e} and what it called: ${t} of ${n} rows.`},span:{title:"Span",close:"Close the details",selfTime:"\
Self time",kind:"Kind",start:"Start",duration:"Duration",notKnown:"not known",id:"Span id",parent:"Parent",root:"none, it is the root",local:"Service",remote:"O\
ther side",shared:"Shared between client and server",debug:"Debug",tags:"Tags",tagsNone:"No tags.",annotationsNone:"No events or annotations.",resource:"Resourc\
e",links:"Links",halves:"Reported by",status:"Status",summary:"Where the time went",summaryHint:"Self time: what a span did not spend waiting for its children.",
share:"Share",logs:"Logs",similar:"Similar",similarNone:"No other trace within half an hour has a span like this.",similarAll:"All of them",similarNotStored:"A \
trace that is not stored has nothing to be compared with.",linksNone:"No links.",onlyThis:"Only this subtree",ofTrace:"Of the trace",itself:"itself",rank:e=>`p${e}\
 of this operation`,rankHint:(e,t)=>`Slower than ${e} of ${t} calls within half an hour`,include:e=>`Traces with ${e}`,exclude:e=>`Traces without ${e}`,findHere:e=>`\
Find ${e} in this trace`,copyValue:e=>`Copy the value of ${e}`,byService:"Service",byOperation:"Operation"}};var yr={traces:{title:"Traces",live:"Live",liveHint:"Look again every few seconds while spans arrive",views:"Views of what was found",tabs:{results:"Results",compare:"\
Compare selection",groups:"Groups",errors:"Errors"},chart:"Rate, errors and durations",chartLabel:(e,t,n)=>`${e} over time and duration, ${t} failed, the longes\
t took ${n}.`,requests:(e,t)=>`${t} ${T(e,"request","requests")}`,matching:(e,t)=>`${t} matching ${T(e,"span","spans")}`,selected:(e,t)=>`${e} selected of ${t}`,
failed:e=>`${e} failed`,zoomIn:"Zoom to selection",clearSelection:"Clear selection",facets:"Facets",facetNames:{service:"Service",op:"Operation",remote:"Other s\
ide",kind:"Kind",error:"Outcome"},failedValue:"failed",goodValue:"did not fail",addFacet:"Add a facet",usualFacets:"Usual facets",removeFacet:e=>`Remove the fac\
et ${e}`,ofAll:(e,t)=>`${e} of ${t}`,exclude:e=>`Exclude ${e}`,includeShort:"Include",excludeShort:"Exclude",searchIt:"Search it",remove:e=>`Remove ${e}`,moreValues:e=>`${e}\
 more`,fewer:"Fewer",withoutValue:e=>`${e} without`,theSelection:"Selection",theSelectionShort:"Selection",theRest:"Rest",failedSpans:"Failed",slowestTenth:"Slo\
west tenth",against:e=>`${e} against the rest`,sampled:(e,t)=>`sampled: ${e} and ${t} traces`,alike:e=>`+${e} alike`,fails:e=>`${e} fails`,nothingSelected:"Noth\
ing is selected",nothingSelectedText:"No span failed here, or the box holds none. Drag a box in the chart to compare what is inside with the rest.",noRest:"Ther\
e is no rest to compare with",noRestText:"Everything that was found is selected. Select a part of it.",nothingApart:"Nothing sets them apart",nothingApartText:"\
No service, operation or tag is more frequent among the selected traces than among the rest.",timeSpent:"Own time of services, mean of a trace",difference:"Diff\
erence",groupBy:"Group by",groupByMore:"another name or tag",groupCount:(e,t)=>`${t} ${T(e,"group","groups")}`,groupsOf:(e,t)=>`the largest ${e} of ${t} groups`,
noValue:"(none)",errorShare:"Failed",median:"Median",p90:"90th",p99:"99th",timeShare:"Time",noErrors:"No span failed",noErrorsText:"Nothing that matches failed \
in this range.",expired:"Retention has taken what was here",expiredText:e=>`Spans are kept for ${e}, and the range lies before that.`,seenSpans:e=>`${e} of the \
newest spans looked at`,filter:"Filter",placeholder:"service=checkout duration>200ms error",hint:"Enter runs the filter. A trace id opens the trace.",clear:"Cle\
ar the filter",range:"Time range",last:e=>`Last ${e.replace(/^1 /,"")}`,from:"From",to:"To",apply:"Apply",pinned:"Fixed range",relative:"Up to now",summary:(e,t)=>`${e}\
 traces · ${t}`,summaryMore:(e,t)=>`newest ${e} traces · ${t}`,summarySorted:(e,t)=>`newest ${e} traces, in this order · ${t}`,summarySlowest:(e,t)=>`slowest\
 ${e} traces · ${t}`,start:"Start",root:"Root",duration:"Duration",spans:"Spans",errors:"Errors",services:"Services, by time",servicesShort:"Services",nServices:e=>`${e}\
 ${T(e,"service","services")}`,nSpans:(e,t)=>`${t} ${T(e,"span","spans")}`,nErrors:(e,t)=>`${t} ${T(e,"error","errors")}`,more:e=>`+${e}`,loadMore:"Load more",end:"\
That is all in this range.",fresh:"New spans arrived",refresh:"Refresh",suggestions:"Suggestions",suggestionCount:e=>`${e} ${T(e,"suggestion","suggestions")}`,unnamed:"\
(no root span)",noneInRange:"No trace in this range",noneInRangeText:e=>`${e}: nothing began then. A wider range may show it.`,noneMatch:"No trace matches this \
filter",noneMatchText:(e,t,n)=>`${e}: ${n} ${T(t,"span","spans")}, but none fits all terms.`,widen:e=>`Search ${e}`,table:"Traces found",kinds:{service:"service",
op:"operation",remote:"other side",kind:"kind",tag:"tag",word:"term",value:"value",name:"field",operator:"comparison"},filterFault:"The filter cannot be read",fromTo:(e,t)=>`${e}\
 – ${t}`,badRange:"From must be before To.",help:"How to write a filter",helpTerms:{all:"terms stand beside each other; all must fit",service:"of this service",
op:"of this operation; quotes keep spaces",any:"any of several",not:"not this",number:"durations and numeric tags compare",exists:"the tag is there, whatever it\
s value",regex:"a regular expression"}},first:{title:"No traces yet",text:"Send a first span; it appears here within a second.",tabs:"Ways to send",waiting:"Wai\
ting for a span…",demo:"Or look around with data: nines demo"}};var zt={...mr,...ur,...cr,...pr,...dr,...hr,...yr,...gr,...fr,...ar,...ir,...sr,...or};var Fa=["en","ko"],Da={en:"English",ko:"한국어"},Go="lang",jo=365*24*3600,_r={en:zt};async function vr(e){e==="ko"&&(_r.ko??=(await import("./korean.js")).
ko)}var H=b("en"),zo=X(()=>_r[H.value]??zt),br=b(ye("zone")==="utc"?"utc":"local"),Vo=X(()=>rr(H.value,br.value)),_=()=>zo.value,F=()=>Vo.value;async function Ha(){
let e=Re.lang==="ko"?"ko":"en";await vr(e).then(()=>H.value=e,()=>{})}function Ba(e){br.value=e,_e("zone",e==="local"?null:e)}async function qa(e){await vr(e),document.
cookie=`${Go}=${e};path=/;max-age=${jo};samesite=lax`,document.documentElement.lang=e,H.value=e}var Wo=24,Jo=1e3,Zo=3e3,Vt=class{constructor(t){this.url=t;t in Re.data&&(this.data.value=Re.data[t],delete Re.data[t],this.outdated.value=!1,this.fetchedAt=Date.
now())}url;data=b(void 0);problem=b(void 0);loading=b(!1);topics=new Map;readers=0;follows=!0;outdated=b(!0);request;timer;fetchedAt=0;fetch(){clearTimeout(this.
timer),this.timer=void 0,this.request?.abort();let t=new AbortController;this.request=t,this.outdated.value=!1,this.loading.value=!0,this.fetchedAt=Date.now(),ee(
this.url,H.peek(),t.signal).then(n=>{this.request===t&&(this.data.value=n,this.problem.value=void 0,this.loading.value=!1)},n=>{this.request!==t||t.signal.aborted||
(this.loading.value=!1,this.outdated.value=!0,this.problem.value=n instanceof Z?n.problem:{title:String(n),status:D},this.problem.value.status===D&&this.fetchLater(
Zo))})}fetchLater(t=Math.max(0,this.fetchedAt+Jo-Date.now())){this.outdated.value=!0,!(this.readers===0||document.hidden||this.timer!==void 0)&&(this.timer=setTimeout(
()=>{this.timer=void 0,this.readers>0&&!document.hidden&&this.fetch()},t))}get isLive(){return this.topics.size>0}changed(t){let n=this.topics.get(t);n!==void 0&&
(n>0&&this.follows?this.fetchLater():this.outdated.value=!0)}enter(t){this.readers++,t&&this.topics.set(t,(this.topics.get(t)??0)+1),this.outdated.peek()&&!this.
loading.peek()&&this.fetch()}leave(t){this.readers--,t&&this.topics.set(t,(this.topics.get(t)??1)-1),!(this.readers>0)&&(clearTimeout(this.timer),this.timer=void 0,
this.loading.peek()&&(this.request?.abort(),this.loading.value=!1,this.outdated.value=!0))}},ve=new Map;function Qo(e){let t=ve.get(e);if(t)ve.delete(e);else{t=
new Vt(e);let n=[...ve.values()].filter(r=>r.readers===0);for(let r of n.slice(0,Math.max(0,n.length-Wo)))ve.delete(r.url)}return ve.set(e,t),t}function wr(e){for(let t of ve.
values())t.changed(e)}function Ge(){for(let e of ve.values())e.isLive&&e.follows&&e.fetchLater()}function be(e,t={}){let n=$e(()=>e===null?null:Qo(e),[e]),r=P(void 0);
at(()=>{if(!n)return;let{topic:i,follow:l=!0}=t;return n.follows=l,n.enter(i),()=>n.leave(i)},[n]);let s=n?.data.value,o=n?.problem.value;return s!==void 0?r.current=
s:t.keep||(r.current=void 0),{data:s??(o&&o.status!==D?void 0:r.current),problem:o,old:s===void 0&&r.current!==void 0||s!==void 0&&o!==void 0,loading:n?.loading.
value??!1,outdated:s!==void 0&&(n?.outdated.value??!1),retry:()=>n?.fetch()}}var Xo=["slos","traces","timeline"],Yo=1e4,es=1e3,ts=3e4,ns=3,je=b("waiting"),rs=b(0),ae=b(Date.now()),ze,we=0,Wt,Jt;function Ve(){clearTimeout(Wt),ze?.close();
let e=new EventSource(j("/events",{lang:H.peek()}));ze=e,e.onopen=()=>{(we>0||je.peek()==="paused")&&Ge(),we=0,Ke.value=0,xr(),je.value="live"},e.onerror=()=>{ze===
e&&(e.close(),we===0&&ee(j("/about"),H.peek()).catch(()=>{}),we++,we>=ns?os():je.value="waiting",Wt=setTimeout(Ve,Math.min(ts,es*2**(we-1))))};for(let t of Xo)e.
addEventListener(t,()=>{t==="traces"&&(rs.value=Date.now()),wr(t)})}function Sr(){clearTimeout(Wt),xr(),ze?.close(),ze=void 0,je.value="paused"}function os(){je.
value="polling",Jt??=setInterval(Ge,Yo)}function xr(){clearInterval(Jt),Jt=void 0}function el(){let e,t=()=>{clearInterval(e),document.hidden?Sr():(ae.value=Date.
now(),e=setInterval(()=>ae.value=Date.now(),5e3),Ve())};document.addEventListener("visibilitychange",t),addEventListener("pagehide",Sr),addEventListener("pagesh\
ow",r=>r.persisted&&t());let n=!0;Y(()=>{H.value,n?n=!1:document.hidden||(Ge(),Ve())}),Y(()=>{Ke.value===0&&we>0&&!document.hidden&&Ve()}),t()}function tl(){Ve(),
Ge()}var ss=3500,We=b([]),is=0;function K(e){let t=++is;We.value=[...We.value.slice(-2),{id:t,text:e}],setTimeout(()=>We.value=We.value.filter(n=>n.id!==t),ss)}function ol(){
return a("div",{class:"toasts",role:"status","aria-live":"polite",children:We.value.map(({id:e,text:t})=>a("div",{class:"toast",children:t},e))})}async function le(e){try{await navigator.clipboard.writeText(e),K(_().shell.copied(e))}catch{K(_().shell.copyFailed)}}var as={house:["M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8","M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-\
2z"],target:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6a6 6 0 1 0 0 12 6 6 0 1 0 0-12","M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4"],book:["M12 7v14","M3 18a1 1 0\
 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"],traces:["M10 6h8","M12 16h6","M3 3v16a\
2 2 0 0 0 2 2h16","M8 11h7"],search:["m21 21-4.34-4.34","M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16"],sun:["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8","M12 2v2","M12 20v2","m4\
.93 4.93 1.41 1.41","m17.66 17.66 1.41 1.41","M2 12h2","M20 12h2","m6.34 17.66-1.41 1.41","m19.07 4.93-1.41 1.41"],settings:["M14 17H5","M19 7h-9","M17 14a3 3 0\
 1 0 0 6 3 3 0 1 0 0-6","M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6"],help:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3","M12 17h.01"],
"chevron-down":["m6 9 6 6 6-6"],"chevron-up":["m18 15-6-6-6 6"],minus:["M5 12h14"],x:["M18 6 6 18","m6 6 12 12"],check:["M20 6 9 17l-5-5"],copy:["M10 8h10a2 2 0\
 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2","M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"],alert:["M12 2a10 10 0 1 0 0 20 10 10 0 1\
 0 0-20","M12 8v4","M12 16h.01"],warning:["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3","M12 9v4","M12 17h.01"],rocket:["M12 15v5s3\
.03-.55 4-2c1.08-1.62 0-5 0-5","M4.5 16.5c-1.5 1.26-2 5-2 5s3.74-.5 5-2c.71-.84.7-2.13-.09-2.91a2.18 2.18 0 0 0-2.91-.09","M9 12a22 22 0 0 1 2-3.95A12.88 12.88 \
0 0 1 22 2c0 2.72-.78 7.5-6 11a22.4 22.4 0 0 1-4 2z","M9 12H4s.55-3.03 2-4c1.62-1.08 5 .05 5 .05"],refresh:["M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8",
"M21 3v5h-5","M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16","M8 16H3v5"],clock:["M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20","M12 6v6l4 2"],"zoom-in":["M11 \
3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M11 8v6","M8 11h6"],"zoom-out":["M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16","M21 21l-4.35-4.35","M8 11h6"],maximize:[
"M8 3H5a2 2 0 0 0-2 2v3","M21 8V5a2 2 0 0 0-2-2h-3","M3 16v3a2 2 0 0 0 2 2h3","M16 21h3a2 2 0 0 0 2-2v-3"],"dock-right":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2\
H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M15 3v18"],"dock-below":["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2","M3 15h18"],collapse:["m7 2\
0 5-5 5 5","m7 4 5 5 5-5"],expand:["m7 15 5 5 5-5","m7 9 5-5 5 5"],file:["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 \
1 20 8v12a2 2 0 0 1-2 2z","M14 2v5a1 1 0 0 0 1 1h5","M10 9H8","M16 13H8","M16 17H8"],power:["M12 2v10","M18.4 6.6a9 9 0 1 1-12.77.04"],activity:["M22 12h-2.48a2\
 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"],lock:["M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2\
 2 0 0 1-2-2v-7a2 2 0 0 1 2-2","M7 11V7a5 5 0 0 1 10 0v4"],map:["M9 2h6v6H9z","M2 16h6v6H2z","M16 16h6v6h-6z","M5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v3","M12 1\
2V8"],bell:["M10.268 21a2 2 0 0 0 3.464 0","M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.\
738 7.326"],link:["M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71","M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"],download:["M12 1\
5V3","M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4","m7 10 5 5 5-5"],fold:["M12 22v-6","M12 8V2","M4 12H2","M10 12H8","M16 12h-2","M22 12h-2","m15 19-3-3-3 3","m15\
 5-3 3-3-3"],more:["M5 12h.01","M12 12h.01","M19 12h.01"],swap:["m16 3 4 4-4 4","M20 7H4","m8 21-4-4 4-4","M4 17h16"],terminal:["M12 19h8","m4 17 6-6-6-6"]};function Q({
name:e}){return a("svg",{class:"icon",viewBox:"0 0 24 24","aria-hidden":"true",children:as[e].map(t=>a("path",{d:t},t))})}var ls={ok:()=>a($,{children:[a("circle",{cx:"6",cy:"6",r:"5",fill:"currentColor"}),a("path",{d:"M3.6 6.2l1.7 1.7 3.2-3.6",stroke:"var(--ok-tint)","stroke-width":"\
1.6",fill:"none"})]}),warn:()=>a("path",{d:"M6 .8l5.6 10H.4z",fill:"currentColor"}),crit:()=>a("path",{d:"M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8z",fill:"currentCo\
lor"}),frozen:()=>a($,{children:[a("rect",{x:"2",y:"5",width:"8",height:"6",rx:"1",fill:"currentColor"}),a("path",{d:"M4 5V3.5a2 2 0 014 0V5",stroke:"currentCol\
or",fill:"none","stroke-width":"1.5"})]}),info:()=>a("path",{d:"M2 6l4-4 4 4M2 10l4-4 4 4",stroke:"currentColor","stroke-width":"1.6",fill:"none"}),none:()=>a("\
circle",{cx:"6",cy:"6",r:"4.4",fill:"none",stroke:"currentColor","stroke-width":"1.5","stroke-dasharray":"2 2"})};function Oe({tone:e}){return a("svg",{viewBox:"\
0 0 12 12","aria-hidden":"true",children:ls[e]()})}function ce({tone:e,children:t,title:n}){return a("span",{class:`pill ${e}`,title:n,children:[a(Oe,{tone:e}),
t]})}function Zt({tone:e,label:t}){return a("span",{class:`pill icon-only ${e}`,title:t,children:[a(Oe,{tone:e}),a("span",{class:"sr",children:t})]})}function Qt({rows:e=4}){return a("div",{class:"state","aria-busy":"true",children:[a("span",{class:"sr",children:_().state.loading}),Array.from({length:e},(t,n)=>a(
"span",{class:"skeleton",style:{width:`${92-n*37%40}%`}},n))]})}function Tr({title:e,children:t,tone:n}){return a("div",{class:"state",children:[n?a("div",{class:"\
row tight",children:a(ce,{tone:n,children:e})}):a("h2",{children:e}),t]})}function Xt({what:e,problem:t,url:n,retry:r}){let s=_(),o=t.status===D?s.state.unreachable:
t.detail??t.title;return a("div",{class:"state",role:"alert",children:[a("div",{class:"row tight",children:a(ce,{tone:"crit",children:t.status===D?s.state.failed(
e):`${s.state.failed(e)} (${t.status})`})}),a("p",{children:o}),t.hint&&a("p",{children:t.hint}),a("div",{class:"row tight",children:[a("button",{type:"button",
class:"btn",onClick:r,children:[a(Q,{name:"refresh"}),s.state.retry]}),a("button",{type:"button",class:"btn quiet",onClick:()=>{le(JSON.stringify({url:n,at:new Date().
toISOString(),problem:t}))},children:s.state.diagnostic})]})]})}function $r({tone:e,children:t,action:n}){return a("div",{class:`banner ${e}`,role:"status",children:[
a(Oe,{tone:e}),a("p",{children:t}),n]})}function bl({gaps:e=[]}){if(e.length===0)return null;let t=n=>n.limit?`${n.limit} = ${n.max}`:`${n.damaged}: ${n.fact}`;
return a($r,{tone:"warn",children:_().state.partial(e.map(t).join(", "))})}function wl({sinceMs:e,resource:t,what:n}){let r=_();return t?.problem?.status===D?null:
t?.problem?a($r,{tone:"warn",action:a(cs,{retry:t.retry}),children:`${r.state.failed(n)}: ${t.problem.detail??t.problem.title}`}):e===void 0?null:a(ce,{tone:"wa\
rn",children:r.state.stale(F().relative(e,Math.max(ae.value,e)))})}function cs({retry:e}){return a("button",{type:"button",class:"btn small",onClick:e,children:_().
state.retry})}function kr({resource:e,what:t,rows:n,card:r,children:s}){if(e.data!==void 0)return a($,{children:s(e.data)});let o=e.problem?a(Xt,{what:t,problem:e.
problem,retry:e.retry}):a(Qt,{rows:n});return r?a("section",{class:"card",children:o}):o}var Mr=[90,95,97,98,99,99.5,99.7,99.8,99.9,99.95,99.99],Er=e=>Number((e/100).toFixed(9));function Ar(e){return e.filter(({key:n,spans:r})=>n[0]&&n[1]&&r>0).slice(
0,3).map(({key:n,spans:r,errors:s})=>{let[o,i]=n,l=1-s/r,f=Mr.filter(c=>Er(c)<l);return{name:`${o}-${i}-availability`.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(
/^-|-$/g,"").slice(0,63),service:o,op:i,spans:r,achieved:l,target:Er(f.length>0?f[f.length-1]:Mr[0])}})}var Cr=e=>(/^[\w.-]+$/.test(e)?e:`"${e.replace(/["\\]/g,
"\\$&")}"`).replaceAll("'","''");function Rr({name:e,service:t,op:n,target:r}){let s=`service=${Cr(t)} kind=server op=${Cr(n)}`;return`apiVersion: openslo/v1
kind: SLO
metadata: { name: ${e} }
spec:
  service: ${JSON.stringify(t)}
  indicator:
    metadata: { name: ${e} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: '${s} !error' } } }
        total: { metricSource: { type: spans, spec: { where: '${s}' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: ${r} } ]
`}var us=`nines slo check definitions/
nines serve --definitions definitions/`,Or="28d";function Ol(){let e=_().overview,t=F(),n=be(j("/definitions"),{topic:"slos"}).data,r=be(j("/aggregate",{q:"kind\
=server",by:"service,op",since:Or,limit:20})).data,s=Ar(r?.items??[]);return a(Tr,{title:e.emptyTitle,children:[a("p",{children:e.emptyText}),s.length>0&&a($,{children:[
a("h3",{children:e.suggested}),a("ul",{class:"suggested",children:s.map(o=>a("li",{children:[a("span",{children:[a("b",{children:o.op})," ",a("span",{class:"mut\
ed",children:o.service}),a("span",{class:"sub",children:e.achieved(t.sli(o.achieved,o.target),t.count(o.spans),t.window(Or),t.target(o.target))})]}),a("button",
{type:"button",class:"btn small",onClick:()=>{le(Rr(o))},children:[a(Q,{name:"copy"}),e.copyYaml]})]},o.name))})]}),a("pre",{tabIndex:0,children:us}),n&&n.directories.
length>0&&a("p",{children:e.emptySince(t.list(n.directories))})]})}var fs=["all","held","burning","spent","risk","healthy","none"],ps=["missed","low"],Nr=q([...fs,...ps],"all"),Yt=["risk","budget","burn","name"],en=["none","sto\
ry","service","team"],Pr=q(Yt,"risk"),Lr=q(en,"none"),ms=["budget","sli","requests"],Ur=["1h","15m","6h","24h","2d","7d"],ds=["timeline","flame","table","map","\
json"],hs=["results","compare","groups","errors"],gs=["newest","slowest","spans","nservices","errors"],ys=["active","firing","pending","frozen","all"],ht={overview:{
path:"/",query:{status:Nr,story:k(),group:Lr,sort:Pr}},slos:{path:"/slos",query:{q:k(),status:Nr,group:Lr,sort:Pr}},slo:{path:"/slos/:name",query:{objective:k(),
tab:q(ms,"budget"),from:k(),to:k(),sel:k(),target:k(),threshold:k()}},stories:{path:"/stories",query:{q:k()}},traces:{path:"/traces",query:{q:k(),t:q(Ur,"1h"),from:k(),
to:k(),sel:k(),tab:q(hs,"results"),sort:q(gs,"newest"),by:k(),keys:k(),table:Ce(),live:Ce()}},trace:{path:"/trace/:id",query:{span:k(),view:q(ds,"timeline"),q:k(),
only:Ce(),cp:Ce(),from:k(),to:k(),root:k()}},compare:{path:"/compare/:a/:b",query:{span:k()}},map:{path:"/map",query:{t:q(Ur,"15m"),from:k(),to:k(),focus:k(),hops:q(
["1","2","3"],"2"),min:q(["0","1","5","20"],"0"),all:Ce(),q:k(),view:q(["graph","table"],"graph"),sel:k(),callee:k(),at:k()}},alerts:{path:"/alerts",query:{state:q(
ys,"active"),q:k(),slo:k(),service:k()}},definitions:{path:"/definitions",query:{kind:k(),q:k()}},settings:{path:"/settings",query:{}}};function tn(e,t){let n=Ir(
e);for(let r of Object.keys(ht)){let s=_s(Ir(ht[r].path),n);if(s)return{name:r,path:s,query:Wn(ht[r].query,t)}}return{name:"missing",pathname:e}}function z(e,t,n={}){
let r=ht[e];return r.path.replace(/:(\w+)/g,(o,i)=>encodeURIComponent(t[i]))+Jn(r.query,n)}function Ir(e){return e.split("/").filter(t=>t!=="")}function _s(e,t){
if(e.length!==t.length)return null;let n={};for(let r=0;r<e.length;r++)if(e[r].startsWith(":")){let s=vs(t[r]);if(s===null)return null;n[e[r].slice(1)]=s}else if(e[r]!==
t[r])return null;return n}function vs(e){try{return decodeURIComponent(e)}catch{return null}}function Se(e){switch(e.state){case"unmeasured":return"none";case"exhausted":return e.gate==="held"?"held":"spent";case"burning":return"burning";case"healthy":return e.
budget!==null&&e.budget<.25?"risk":"healthy"}}var Ne={held:"frozen",spent:"crit",burning:"warn",risk:"warn",none:"none",healthy:"ok"};function nn(e){return e.gate===
"held"&&(e.state==="exhausted"||e.page?.firing===!0)}var bs=e=>e.state==="burning"||e.page?.firing===!0;function gt(e){return e.budget!==null&&e.budget>0?e.exhaustsInUs:
null}function Il(e,t){switch(t){case"all":return!0;case"held":return nn(e);case"burning":return bs(e);case"missed":return e.sli!==null&&e.sli<e.target;case"low":
return e.budget!==null&&e.budget<.25;default:return Se(e)===t}}var Fr=["held","spent","burning","risk","none","healthy"];function Je(e,t){return Fr.indexOf(Se(e))-
Fr.indexOf(Se(t))||yt(gt(e),gt(t))||yt(e.budget,t.budget)||e.name.localeCompare(t.name)}var ws={risk:Je,budget:(e,t)=>yt(e.budget,t.budget)||Je(e,t),burn:(e,t)=>yt(
Dr(e.burn["1h"]),Dr(t.burn["1h"]))||Je(e,t),name:(e,t)=>re(e).localeCompare(re(t))},Dr=e=>e==null?null:-e;function Ze(e,t){return t==="story"?e.storyTitle??e.story??
"":t==="service"?e.service:t==="team"?e.team??"":""}function Hr(e,t,n){let r=[...e].sort(ws[t]);return n==="none"?r:[...new Set(r.map(o=>Ze(o,n)))].sort((o,i)=>+(o===
"")-+(i==="")).flatMap(o=>r.filter(i=>Ze(i,n)===o))}var Ss=10,xs=e=>(e.good+e.bad)*(1-e.target);function Br(e){let t=xs(e);return t>0&&t<Ss?1/t:null}function yt(e,t){
return e===t?0:(e??1/0)<(t??1/0)?-1:1}var re=e=>e.displayName||e.name,qr=e=>/^\d+$/.test(e.objective)?"":e.objective;function Fl(e,t,n){let r=e!==null&&e>=n,s=t!==
null&&t>=n;return r?s?"firing":"recovering":s?"rising":"quiet"}var Kr=["held","burning","unmeasured","healthy"],Ts=e=>[...e].sort((t,n)=>Kr.indexOf(t.state)-Kr.indexOf(n.state)),$s={held:"held",burning:"burning",healthy:"he\
althy",unmeasured:"none"};function Gr({state:e,budget:t}){return e!=="healthy"||t==null?$s[e]:t<=0?"spent":t<.25?"risk":"healthy"}function jl({stories:e,slos:t,
query:n}){let r=_();return a("section",{class:"card",children:[a("div",{class:"card-head",children:[a("h2",{children:r.overview.stories}),a("span",{class:"sprin\
g"}),a("a",{class:"link sub",href:z("stories",{}),children:r.overview.storiesAll})]}),a(kr,{resource:e,what:r.overview.stories,rows:2,children:({items:s})=>s.length===
0?a("p",{class:"muted",children:r.overview.storiesNone}):a("ul",{class:"stories",children:Ts(s).map(o=>a(ks,{story:o,slos:t,query:n},o.name))})})]})}function ks({
story:e,slos:t,query:n}){let r=_(),s=F(),o=e.name===n.story,i=e.budget??null,l=[e.owner&&r.overview.storyOwner(e.owner),i!==null&&r.overview.storyBudget(s.budget(
i)),e.sli!=null&&r.overview.storyTraces(s.sli(e.sli,e.target??1))];return a("li",{children:[a("a",{class:"story",href:z("overview",{},{...n,story:o?"":e.name}),
"aria-current":o?"true":void 0,children:[a("span",{class:"story-title",children:[a("b",{children:e.title}),a("span",{class:"sub",children:l.filter(Boolean).join(
" · ")})]}),a(ce,{tone:Ne[Gr(e)],children:r.status[Gr(e)]})]}),a(Ms,{story:e,slos:t}),a("a",{class:"link sub",href:z("traces",{},{q:Es(e,t)}),children:r.overview.
storyTracesLink})]})}function Ms({story:e,slos:t}){let n=_();return a("ol",{class:"chain","aria-label":n.overview.chain(e.title),children:e.slos.map(r=>{let s=t.
find(i=>i.name===r),o=s?Se(s):"none";return a("li",{children:a("a",{class:`step ${Ne[o]}`,href:z("slo",{name:r}),title:`${s?re(s):r}: ${n.status[o]}`,children:[
a(Oe,{tone:Ne[o]}),s?.service??r,a("span",{class:"sr",children:`${s?re(s):r}: ${n.status[o]}`})]})},r)})})}function Es(e,t){let n=[...new Set(e.slos.flatMap(s=>t.
find(o=>o.name===s)?.service??[]))];return[n.length>1?`service=(${n.join(",")})`:n.map(s=>`service=${s}`).join(""),e.state==="healthy"?"":"error"].filter(Boolean).
join(" ")}var Cs=1200,on=new Set,_t=b(0),vt=b(ye("singleKeys")!=="off");function jr(e){vt.value=e,_e("singleKeys",e?"on":"off")}function bt(e){let t=P(e);t.current=e,A(()=>(on.
add(t),_t.value++,()=>{on.delete(t),_t.value++}),[])}function sn(){let e=new Map;for(let t of[...on].reverse())for(let n of t.current)e.has(n.keys)||e.set(n.keys,
n);return[...e.values()]}function As(e){if(!/^[\u3131-\u318e]$/.test(e.key)||!e.code.startsWith("Key"))return e.key;let t=e.code.slice(3);return e.shiftKey?t:t.
toLowerCase()}function Rs(e){let t=As(e),n=t.length>1,r=(e.ctrlKey||e.metaKey)&&!n?t.toUpperCase():t,s=!n&&r!==r.toLowerCase();return[(e.ctrlKey||e.metaKey)&&"C\
trl",e.altKey&&"Alt",e.shiftKey&&(n||s)&&"Shift",r].filter(Boolean).join("+")}function Os(e){let t=e instanceof Element?e.closest("input, textarea, select, [con\
tenteditable]"):null;return t!==null&&!(t instanceof HTMLInputElement&&["checkbox","radio","button"].includes(t.type))}function Ql(){let e="",t=0;addEventListener(
"keydown",n=>{if(n.isComposing||n.defaultPrevented)return;let r=Rs(n),s=!r.startsWith("Ctrl+");if(document.querySelector("dialog[open]")!==null||s&&(Os(n.target)||
!vt.value))return;let i=n.timeStamp-t<Cs&&e!==""?`${e} ${r}`:r,l=sn().filter(m=>m.run!==null),f=l.find(m=>m.keys===i)??l.find(m=>m.keys===r);e="",f?.run?(n.preventDefault(),
f.run()):l.some(m=>m.keys.startsWith(`${r} `))&&(e=r,t=n.timeStamp)})}var Pe=b({pathname:location.pathname,search:location.search}),St=X(()=>tn(Pe.value.pathname,Pe.value.search)),nc=X(()=>Pe.value.pathname+Pe.value.search),Ns=b(0),
zr={},rc=()=>zr,wt=new URLSearchParams(location.search).get("lang");function Ps(e){if(!wt)return e;let[t,n=""]=e.split("?");return new URLSearchParams(n).has("l\
ang")?e:`${t}?${n?`${n}&`:""}lang=${Ae(wt)}`}function an(){let e=St.peek();e.name==="traces"&&(zr=e.query);let t=Pe.value.pathname!==location.pathname;Pe.value=
{pathname:location.pathname,search:location.search},t&&Ns.value++}function xe(e,t={}){let n=Ps(e);n!==location.pathname+location.search&&(t.replace?history.replaceState(
history.state,"",n):history.pushState(null,"",n),an())}function oc(){if(!wt)return;wt=null;let e=new URLSearchParams(location.search);e.delete("lang");let t=[...e].
map(([n,r])=>`${n}=${Ae(r)}`).join("&");history.replaceState(history.state,"",location.pathname+(t?`?${t}`:"")),an()}function sc(){addEventListener("popstate",an),
addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target?.closest?.("a[href]");if(!(t instanceof
HTMLAnchorElement)||t.target||t.hasAttribute("download"))return;let n=new URL(t.href);n.origin!==location.origin||t.getAttribute("href")?.startsWith("#")||tn(n.
pathname,n.search).name!=="missing"&&(e.preventDefault(),xe(n.pathname+n.search))})}function Vr(e,t,n=[]){let r=_().keys,s=()=>{let o=t();o&&window.open(o,"_blank","noopener")};return bt([{keys:"j",label:r.next,group:"list",run:()=>e(1)},{keys:"\
k",label:r.previous,group:"list",run:()=>e(-1)},{keys:"Enter",label:r.open,group:"list",run:null},{keys:"o",label:r.openTab,group:"list",run:s},...n]),o=>{let i={
ArrowDown:1,ArrowUp:-1}[o.key];i!==void 0&&(o.preventDefault(),e(i))}}function Jr({label:e,columns:t,rows:n,rowKey:r,rowHref:s,dimmed:o,class:i,groupOf:l,groupHead:f}){let m=P(null),g=Vr(d=>{let u=[...m.current?.rows??[]].map(v=>v.
querySelector("a")).filter(v=>v!==null),h=u.findIndex(v=>v.closest("tr")?.contains(document.activeElement)),x=u[h<0?d>0?0:u.length-1:Math.min(u.length-1,Math.max(
0,h+d))];x?.focus(),x?.scrollIntoView({block:"nearest"})},()=>document.activeElement?.closest("tr")?.querySelector("a")?.href);return a("table",{"aria-label":e,
class:`${i??""}${o?" dimmed":""}`,children:[a("thead",{children:a("tr",{children:t.map(d=>a("th",{scope:"col",class:Wr({...d,class:void 0}),children:d.head},d.key))})}),
a("tbody",{ref:m,onKeyDown:g,children:n.map((d,u)=>a($,{children:[l&&(u===0||l(n[u-1])!==l(d))&&a("tr",{class:"group",children:a("th",{colSpan:t.length,scope:"r\
owgroup",children:f?.(l(d))})}),a("tr",{class:"go",onClick:h=>Ls(h,s(d)),children:t.map(h=>a("td",{class:Wr(h),children:h.cell(d)},h.key))})]},r(d)))})]})}function Wr(e){
return[e.num&&"num",e.wideOnly&&"hide-s",e.class].filter(Boolean).join(" ")||void 0}function Ls(e,t){e.target.closest("a, button")||!getSelection()?.isCollapsed||
(e.metaKey||e.ctrlKey?window.open(t,"_blank","noopener"):xe(t))}function Zr({share:e,tone:t,label:n,valueText:r}){let s=Math.min(100,Math.max(0,e*100));return a("div",{class:`meter t-${t}${e<=0?" over":""}`,role:"meter","ari\
a-valuemin":0,"aria-valuemax":100,"aria-valuenow":Math.round(s),"aria-valuetext":r,"aria-label":n,children:a("i",{style:{width:`${s}%`}})})}var Us=200;function Ac({slos:e,dimmed:t,group:n,sort:r}){let s=_().slo,o=F(),i=Hr(e,r,n),l=c=>`${c.name}/${c.objective}`,f=c=>z("slo",{name:c.name},(c.objectives??
1)>1?{objective:c.objective}:{}),m=[{key:"name",head:s.name,cell:c=>a(Hs,{slo:c,to:f(c)}),class:"slo-name"},...new Set(i.map(c=>c.story)).size>1?[{key:"story",head:s.
story,cell:c=>c.storyTitle??c.story??"",wideOnly:!0,class:"muted"}]:[],{key:"target",head:s.target,cell:c=>o.target(c.target),num:!0,wideOnly:!0},{key:"now",head:s.
now,cell:c=>a(Bs,{slo:c}),num:!0,wideOnly:!0},{key:"budget",head:s.budget,cell:c=>a(qs,{slo:c}),class:"slo-budget"},{key:"burn",head:s.burn,cell:c=>Ds(c,o),num:!0,
wideOnly:!0},{key:"out",head:s.runsOut,cell:c=>a(js,{slo:c}),num:!0,wideOnly:!0},{key:"status",head:s.status,cell:c=>a(Xr,{slo:c})}];return bt([{keys:"s",label:_().
keys.acknowledge,group:"list",run:()=>{let c=document.activeElement?.closest("tr")?.querySelector("a")?.getAttribute("href"),g=i.find(d=>f(d)===c);Is(g?.alerts?.
find(d=>d.state==="firing"&&d.id)?.id??null)}}]),a(Jr,{label:s.table,columns:m,rows:i,rowKey:l,rowHref:f,dimmed:t,class:"slo-table",groupOf:n==="none"?void 0:c=>Ze(
c,n),groupHead:c=>a(Fs,{name:c,slos:i.filter(g=>Ze(g,n)===c)})})}async function Is(e){let t=_().slo;if(!e)return K(t.ackNone);try{await ee(j(`/alerts/${encodeURIComponent(
e)}/ack`),H.peek(),void 0,JSON.stringify({by:""})),K(t.acked)}catch(n){K(n instanceof Z?n.message:String(n))}}function Fs({name:e,slos:t}){let n=[...t].sort(Je)[0];
return a("span",{class:"row tight",children:[e||_().slo.ungrouped,a("span",{class:"muted",children:t.length}),a(Xr,{slo:n})]})}function Ds(e,t){let[n,r]=[e.burn["\
1h"]??null,e.burn["6h"]??null];return n===null&&r===null?"–":`${t.burn(n)} / ${t.burn(r)}`}function Hs({slo:e,to:t}){let n=[qr(e),e.service].filter(Boolean).join(
" · ");return a($,{children:[a("a",{class:"link",href:t,children:a("b",{children:re(e)})})," ",a("span",{class:"muted",children:n})]})}function Bs({slo:e}){let t=_().
slo,n=F();return a($,{children:[e.isEstimate&&e.sli!==null&&a("abbr",{title:t.estimate,children:"~"}),n.sli(e.sli,e.target),e.raw&&a("div",{class:"sub",children:t.
rawIs(n.sli(e.raw.sli,e.target))})]})}function qs({slo:e}){let t=_(),[n,r]=B(!1),[s,o]=B(!1);if(A(()=>{if(!n)return o(!1);let l=setTimeout(()=>o(!0),Us),f=m=>m.
key==="Escape"&&r(!1);return addEventListener("keydown",f),()=>{clearTimeout(l),removeEventListener("keydown",f)}},[n]),e.budget===null)return a("span",{class:"\
sub",children:t.status.none});let i=Br(e);return a("div",{class:"budget",onPointerEnter:l=>l.pointerType==="mouse"&&r(!0),onPointerLeave:()=>r(!1),children:[a(Ks,
{budget:e.budget,name:re(e)}),i!==null&&a(Zt,{tone:"info",label:t.slo.oneFailure(F().share(i))}),s&&a(Gs,{slo:e})]})}function Ks({budget:e,name:t}){let n=F().budget(
e);return a($,{children:[a(Zr,{share:e,tone:e<=0?"crit":e<.25?"warn":"ok",label:_().slo.budgetOf(t),valueText:n}),a("span",{class:"num",children:n})]})}function Gs({
slo:e}){let t=_().slo,r=be(j(`/slos/${encodeURIComponent(e.name)}/series`,{objective:e.objective})).data?.points.map(m=>m.forecast??m.budget)??[],s=r.filter(m=>m!==
null),o=Math.max(-1,Math.min(0,...s)),i=m=>2+(1-(Math.max(o,m)-o)/(1-o))*40,l=r.flatMap((m,c)=>m===null?[]:[`${(c/Math.max(1,r.length-1)*176).toFixed(1)},${i(m).
toFixed(1)}`]),f=e.window??e.calendar?.duration??"";return a("div",{class:"spark",role:"img","aria-label":t.sparkOf(re(e),F().window(f)),children:[a("span",{class:"\
sub",children:F().window(f)}),a("svg",{width:"176",height:"44",children:[a("line",{class:"zero",x1:"0",x2:"176",y1:i(0),y2:i(0)}),l.length>1&&a("polyline",{class:"\
line",points:l.join(" ")})]})]})}function js({slo:e}){let t=gt(e);return a($,{children:t===null?"–":F().relative(t/1e3,0)})}function Xr({slo:e}){let t=_(),n=Se(
e);return a("span",{class:"row tight nowrap-row",children:[a(ce,{tone:Ne[n],children:t.status[n]}),n!=="held"&&nn(e)&&a(Zt,{tone:"frozen",label:t.slo.heldHint})]})}
function Rc({group:e,sort:t,set:n}){let r=_().slo;return a("div",{class:"row tight",children:[a("label",{class:"choose",children:[a("span",{class:"sub",children:r.
groupBy}),a("select",{class:"input",value:e,onChange:s=>n({group:s.currentTarget.value}),children:en.map(s=>a("option",{value:s,children:r.groups[s]},s))})]}),a(
"label",{class:"choose",children:[a("span",{class:"sub",children:r.sortBy}),a("select",{class:"input",value:t,onChange:s=>n({sort:s.currentTarget.value}),children:Yt.
map(s=>a("option",{value:s,children:r.sorts[s]},s))})]})]})}var ue=e=>Number.isFinite(Date.parse(e.from))&&Number.isFinite(Date.parse(e.to));function xt(e){return ue(e)?{from:new Date(e.from).toISOString(),to:new Date(e.
to).toISOString()}:{since:e.t}}function ln(e,t){return new Date(e+t(e)).toISOString().slice(0,19)}function cn(e,t){let n=Date.parse(`${e}Z`);return n-t(n-t(n))}var Yr=4,Tt=8;function eo({label:e,button:t,buttonClass:n,iconOnly:r,children:s}){let o=ke().replace(/\W/g,""),i=P(null),l=P(null);return A(()=>{let f=l.current,
m=()=>f.matches(":popover-open")&&zs(i.current,f),c=g=>{let d=g.newState==="open";i.current?.setAttribute("aria-expanded",String(d)),d&&(m(),f.querySelector("in\
put:checked, [aria-current], input, button")?.focus({preventScroll:!0}))};return f.addEventListener("toggle",c),addEventListener("resize",m),addEventListener("s\
croll",m,{passive:!0,capture:!0}),()=>{f.removeEventListener("toggle",c),removeEventListener("resize",m),removeEventListener("scroll",m,{capture:!0})}},[]),a($,
{children:[a("button",{ref:i,type:"button",class:`btn ${n??""}`,"aria-label":r?e:void 0,title:r?e:void 0,"aria-haspopup":"dialog","aria-expanded":"false",popovertarget:o,
children:t}),a("div",{ref:l,id:o,class:"menu",role:"dialog","aria-label":e,popover:"auto",children:s(()=>l.current?.hidePopover())})]})}function zs(e,t){let n=e.
getBoundingClientRect(),{width:r,height:s}=t.getBoundingClientRect(),o=Math.min(Math.max(Tt,n.right-r),innerWidth-r-Tt),i=n.bottom+Yr,l=i+s<=innerHeight-Tt?i:Math.
max(Tt,n.top-Yr-s);t.style.left=`${o}px`,t.style.top=`${l}px`}var Vs=["15m","1h","6h","24h","2d","7d"];function Ws(e){let t=_().traces,n=F();return ue(e)?t.fromTo(n.time(Date.parse(e.from),ae.value),n.time(Date.parse(e.to),
ae.value)):t.last(n.window(e.t))}function zc({range:e,onChange:t}){let n=_().traces;return a(eo,{label:n.range,button:a($,{children:[a(Q,{name:"clock"}),Ws(e),a(
Q,{name:"chevron-down"})]}),children:r=>a($,{children:[a("div",{class:"legend",children:n.relative}),Vs.map(s=>a("button",{type:"button",class:"item","aria-curr\
ent":!ue(e)&&e.t===s?"true":void 0,onClick:()=>{r(),t({t:s,from:"",to:""})},children:n.last(F().window(s))},s)),a("hr",{}),a(Js,{range:e,onChange:s=>{r(),t(s)}})]})})}
function Js({range:e,onChange:t}){let n=_().traces,{offsetMs:r}=F(),s=ae.peek(),[o,i]=B(ln(ue(e)?Date.parse(e.from):s-36e5,r)),[l,f]=B(ln(ue(e)?Date.parse(e.to):
s,r)),[m,c]=[cn(o,r),cn(l,r)],g=m<c;return a("form",{class:"pinned",onSubmit:d=>{d.preventDefault(),g&&t({t:e.t,from:new Date(m).toISOString(),to:new Date(c).toISOString()})},
children:[a("div",{class:"legend",children:n.pinned}),a("label",{class:"field",children:[n.from,a("input",{class:"input",type:"datetime-local",step:"1",value:o,
onInput:d=>i(d.currentTarget.value)})]}),a("label",{class:"field",children:[n.to,a("input",{class:"input",type:"datetime-local",step:"1",value:l,onInput:d=>f(d.
currentTarget.value)})]}),!g&&a("span",{class:"pill bare crit",role:"alert",children:n.badRange}),a("button",{type:"submit",class:"btn primary",disabled:!g,children:n.
apply})]})}var Zs=10*1024*1024,Qe=new Map,tu=e=>Qe.get(e)?.text;function nu(e){let t=e===null?void 0:Qe.get(e),n=be(e===null||t?null:j(`/traces/${e}`));return t?{data:t.columns,
problem:void 0,retry:()=>{}}:n}function to(e,t,n){let r=Qe.get(e);return r?no(r.text,t,n):ee(j(`/traces/${e}`,t),H.peek(),n)}async function ru(e){let t=Qe.get(e)?.
text,n=t===void 0?await ee(`/api/v2/trace/${e}`,H.peek()):JSON.parse(t);return JSON.stringify(n,null,1)}async function no(e,t,n){return ee(j("/traces/draw",t),H.
peek(),n,e)}async function un(e){if(e.length>Zs)return K(_().trace.openTooLarge);try{e=Qs(e);let t=await no(e,{});Qe.set(t.traceId,{text:e,columns:t}),xe(z("tra\
ce",{id:t.traceId}))}catch(t){let n=t instanceof Z?t.problem:{title:String(t),status:D};K(n.status===D?_().state.unreachable:[n.detail??n.title,n.hint].filter(Boolean).
join(" "))}}function Qs(e){return/^\s*\[\s*\[/.test(e)?JSON.stringify(JSON.parse(e).flat()):e}function ou(){let e=document.createElement("input");e.type="file",
e.accept=".json,application/json",e.onchange=()=>{e.files?.[0]?.text().then(un)},e.click()}function su(){addEventListener("dragover",e=>e.dataTransfer?.types.includes(
"Files")&&e.preventDefault()),addEventListener("drop",e=>{let t=e.dataTransfer?.files[0];t&&(e.preventDefault(),t.text().then(un))}),addEventListener("paste",e=>{
let t=e.clipboardData?.getData("text/plain").trim()??"";!/^\[\s*[[{]/.test(t)||e.target instanceof Element&&e.target.closest("textarea")||(e.preventDefault(),un(
t))})}var fn=b(null);function pu(e){let t=_().compare,n=fn.value;if(n!==null&&n!==e){fn.value=null,xe(z("compare",{a:n,b:e}));return}fn.value=n===e?null:e,K(n===e?t.unmarked:
t.marked)}function Xs({color:e}){let t=e===void 0?"":` c${e%8}`;return a("i",{class:`dot${t}${e!==void 0&&e>=8?" hatch":""}`,"aria-hidden":"true"})}function du({name:e,color:t}){
return a("span",{class:"service",children:[a(Xs,{color:t}),e]})}function _u(e){let{rows:t}=e,n={traceId:e.traceId,startUs:e.startUs,durationUs:Math.max(1,e.durationUs),count:t.id.length,spans:e.spans,errors:e.errors,missingParents:e.
missingParents,missingIds:e.missingIds??[],skews:e.skews??[],services:Ys(e.services),names:e.names,ids:t.id,kinds:t.kind,remotes:t.remote,statuses:t.status,parent:Int32Array.
from(t.parent),depth:Uint16Array.from(t.depth),size:Int32Array.from(t.size),service:Uint16Array.from(t.service),name:Uint32Array.from(t.name),start:Float64Array.
from(t.startUs),duration:Float64Array.from(t.durationUs),self:new Float64Array(t.id.length),isError:Uint8Array.from(t.error),isCritical:Uint8Array.from(t.critical)};
return ei(n),n}function Ys(e){let t=new Set,n=e.map(()=>({hue:0,isHatched:!1})),r=e.map((s,o)=>o).sort((s,o)=>e[s].color-e[o].color);for(let s of r){let o=e[s].
color%8,i=t.size>=8;for(;!i&&t.has(o);)o=(o+1)%8;t.add(o),n[s]={hue:o,isHatched:i}}return e.map((s,o)=>({...s,...n[o]}))}function ei(e){let{count:t,size:n,start:r,
duration:s,self:o}=e,i=[];for(let l=0;l<t;l++){let f=r[l]+s[l];i.length=0;let m=!0;for(let d=l+1;d<l+n[l];d+=Math.max(1,n[d]))i.length>0&&r[d]<r[i[i.length-1]]&&
(m=!1),i.push(d);m||i.sort((d,u)=>r[d]-r[u]);let c=0,g=r[l];for(let d of i){let u=Math.max(g,r[d]),h=Math.min(f,r[d]+s[d]);h>u&&(c+=h-u,g=h)}o[l]=Math.max(0,s[l]-
c)}}function ro(e,t){let n=e.services[t];return`dot c${n?.hue??0}${n?.isHatched?" hatch":""}`}function vu(e,t){let n=new Map,r=0;for(let o=0;o<e.count;o++){let i=t?
e.name[o]:-1,l=e.service[o]*(e.names.length+1)+i+1,f=n.get(l);f||n.set(l,f={service:e.service[o],name:i,spans:0,errors:0,selfUs:0,share:0,row:o}),e.self[o]>e.self[f.
row]&&(f.row=o),f.spans++,f.errors+=e.isError[o],f.selfUs+=e.self[o],r+=e.self[o]}let s=[...n.values()];for(let o of s)o.share=r>0?o.selfUs/r:0;return s.sort((o,i)=>i.
selfUs-o.selfUs)}function ti(e,{collapsed:t,groups:n,folded:r,root:s=-1,only:o}){let i=Math.max(0,s),l=s<0?e.count:s+e.size[s],f=new Int32Array(l-i),m=0;for(let c=i;c<
l;){let g=n&&r?n.first[c]:c,d=r?.[g]===1;(g===c||!d)&&(!o||o[c])&&(f[m++]=c),c+=d||t[c]?Math.max(1,e.size[c]):1}return f.subarray(0,m)}function bu(e){let{count:t,
parent:n,service:r,name:s,duration:o}=e,i={first:new Int32Array(t),next:new Int32Array(t).fill(-1),calls:new Int32Array(t),sumUs:new Float64Array(t)},l=new Map,
f=e.services.length,m=e.names.length;for(let c=0;c<t;c++){let g=((n[c]+1)*f+r[c])*m+s[c],d=l.get(g),u=d===void 0?c:i.first[d];d!==void 0&&(i.next[d]=c),l.set(g,
c),i.first[c]=u,i.calls[u]++,i.sumUs[u]+=o[c]}return i}function wu(e,t){let n=t.slice();for(let r=n.length-1;r>=0;r--)n[r]&&e[r]>=0&&(n[e[r]]=1);return n}function Su(e,t){
let n=0,r=e.length-1;for(;n<=r;){let s=n+r>>1;if(e[s]===t)return s;e[s]<t?n=s+1:r=s-1}return-1}function xu({parent:e},{collapsed:t,groups:n,folded:r},s){let o=!1,
i=(l,f)=>{o||=l[f]===1,l[f]=0};for(let l=s;l>=0;l=e[l])l!==s&&i(t,l),n&&r&&(n.first[l]!==l||l!==s)&&i(r,n.first[l]);return o}function Tu(e,t,n){let r=ti(e,{collapsed:t}),
s=n?1/0:-1;for(let o of r)e.size[o]<=1||(n&&t[o]&&(s=Math.min(s,e.depth[o])),!n&&!t[o]&&(s=Math.max(s,e.depth[o])));for(let o of r)e.size[o]>1&&e.depth[o]===s&&
(t[o]=n?0:1)}function $u(e,t,n){let r=e.length;for(let s=1;s<=r;s++){let o=(t+n*s+r*2)%r;if(e[o])return o}return-1}function Mu(e,t,n){let r=devicePixelRatio||1,s=Math.round(t*r),o=Math.round(n*r);(e.width!==s||e.height!==o)&&(e.width=s,e.height=o,e.style.width=`${t}px`,e.style.
height=`${n}px`);let i=e.getContext("2d");return i?.setTransform(r,0,0,r,0,0),i}function pn(e,t){let n=document.createElement("span");n.style.setProperty("force\
d-color-adjust","none"),e.append(n);let r={};for(let s of Object.keys(t))n.style.color=`var(${t[s]})`,r[s]=getComputedStyle(n).color;return n.remove(),r}function Eu(e,t,n){
let[r,s]=[e,t].map(o=>(o.match(/[\d.]+/g)??[]).map(Number));return`rgb(${[0,1,2].map(o=>Math.round(r[o]+(s[o]-r[o])*n)).join(",")})`}function Ou(e){let t=pn(e,Object.fromEntries(Array.from({length:8},(s,o)=>[o,`--s${o+1}`]))),n={text:"--text",muted:"--muted",border:"--border",surface:"--surfa\
ce",crit:"--crit-fill",critText:"--crit",accent:"--accent"},r=Object.values(t);return{...pn(e,n),hues:r,onHues:r.map(ri),font:getComputedStyle(e).fontFamily}}var ni=.18;
function ri(e){let[t,n,r]=(e.match(/[\d.]+/g)??[]).map(s=>(Number(s)/255)**2.2);return .2126*t+.7152*n+.0722*r>ni?"#0d0f13":"#ffffff"}function Pu(e,t,n){let r=document.createElement("a");r.href=URL.createObjectURL(new Blob([n],{type:t})),r.download=e,r.click(),setTimeout(()=>URL.revokeObjectURL(
r.href),1e3)}var Uu=(e,t)=>`${e}="${t.replaceAll("\\","\\\\").replaceAll('"','\\"')}"`;function mn(e,t){let n=Math.min(t,Math.max(Math.min(10,t),e.to-e.from)),r=Math.min(Math.max(0,e.from),t-n);return{from:r,to:r+n}}function Fu(e,t,n,r){let s=e.to-
e.from,o=Math.min(r,Math.max(Math.min(10,r),s*t)),i=e.from+s*n;return mn({from:i-o*n,to:i+o*(1-n)},r)}function Du(e,t,n){let r=(e.to-e.from)*t;return mn({from:e.
from+r,to:e.to+r},n)}function Hu(e,t,n){let r=Math.max(t*.1,5);return mn({from:e-r,to:e+t+r},n)}var Bu=(e,t)=>e.from<=0&&e.to>=t;function qu(e,t){let n=(e.to-e.
from)/Math.max(1,t),r=10**Math.floor(Math.log10(Math.max(n,1))),s=[1,2,5,10].map(i=>i*r).find(i=>i>=n)??r*10,o=[];for(let i=Math.ceil(e.from/s)*s;i<=e.to;i+=s)o.
push(i);return o}function Ku(e,t,n){if(e===0)return"0";let[r,s]=n<1e3?["µs",1]:n<1e6?["ms",1e3]:["s",1e6],o=Math.max(0,Math.ceil(-Math.log10(t/s)-1e-9));return`${(e/
s).toFixed(o)} ${r}`}var oo=e=>e.trim()||"root",oi=(e,t)=>({q:oo(e),...xt(t)}),so=e=>`duration>=${e.fromUs}us duration<${e.toUs+1}us`,io=e=>`${new Date(e-1).toISOString().slice(0,-1)}\
999Z`,ao=e=>new Date(e).toISOString();function lo(e,t,n){return n?{q:`${oo(e)} ${so(n)}`,from:ao(n.fromMs),to:io(n.toMs)}:{q:e,...xt(t)}}function zu(e,t,n){let r=n?
oi(e,t):{q:e,...xt(t)};return n?{...r,sel:so(n),selFrom:ao(n.fromMs),selTo:io(n.toMs)}:r}function Ye(e){return/^[\w./:=@%+,-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}function co(e){switch(e.name){case"overview":case"slos":case"stories":return"\
nines slo status";case"slo":return`nines slo explain ${Ye(e.path.name)}`;case"traces":return si(e.query);case"trace":return`nines trace get ${Ye(e.path.id)}`;case"\
compare":return`nines trace compare ${Ye(e.path.a)} ${Ye(e.path.b)}`;case"map":return`nines trace map --since ${e.query.t}`;case"alerts":return e.query.state===
"all"?"nines alert list --all":"nines alert list";case"definitions":return"nines slo check definitions";case"settings":return"nines store stats";case"missing":return null}}
function si(e){let{q:t,from:n,to:r,since:s}=lo(e.q,e,Qn(e.sel)),o=s?`--since ${s}`:`--from ${n} --to ${r}`;return`nines trace find ${t?Ye(t):"''"} ${o}${e.sort===
"slowest"?" --sort slowest":""}`}function uo(e,t){if(e.name==="missing"||!("t"in e.query&&"from"in e.query&&"to"in e.query))return null;let n=e.query;if(ue(n))return null;let r=new Date(t-(nr(n.
t)??0)/1e3).toISOString();return z(e.name,e.path,{...e.query,from:r,to:new Date(t).toISOString()})}var cf=b("none");function uf(){le(location.href)}function ff(){let e=uo(St.peek(),Date.now());le(e===null?location.href:new URL(e,location.href).href)}function pf(){
let e=co(St.peek());e?le(e):K(_().shell.copyFailed)}function mf(){let e=document.querySelector("[data-filter]");e?.focus(),e?.select()}var ii=b("");function _f(e,t=e){let n=_().shell.title(t);A(()=>{ii.value=e,document.title=n},[e,n])}var ai=["global","list","trace","map","slo"];function Sf(){let e=_();_t.value;let t=sn(),n={global:e.keys.groupGlobal,list:e.keys.groupList,trace:e.keys.groupTrace,
map:e.nav.map,slo:e.keys.groupSlo};return a($,{children:[a("div",{class:"keys",children:ai.map(r=>{let s=t.filter(o=>o.group===r);return s.length>0&&a("section",
{children:[a("h3",{children:n[r]}),a("dl",{children:li(s).map(([o,i])=>a(ci,{label:o,keys:i},o))})]},r)})}),a("label",{class:"switch",children:[a("input",{type:"\
checkbox",checked:vt.value,onChange:r=>jr(r.currentTarget.checked)}),e.keys.singleKeys]})]})}function li(e){let t=new Map;for(let{label:n,keys:r}of e)t.set(n,[...t.
get(n)??[],r]);return[...t]}function ci({label:e,keys:t}){return a($,{children:[a("dt",{children:e}),a("dd",{children:t.map(n=>a("kbd",{children:n.replace("Arro\
w","").replace("Right","→").replace("Left","←").replace("Down","↓").replace("Up","↑").replaceAll("+"," ").trim()||"+"},n))})]})}function ui(e,t){let n=e.toLowerCase().split(/\s+/).filter(Boolean),r=t.toLowerCase(),s=0;for(let o of n){let i=r.indexOf(o);if(i<0)return null;let l=i===0||/[\s\-/_.:·]/.
test(r[i-1]);s+=i===0?0:l?1:3}return s}function $f(e,t,n){return e.map((r,s)=>({item:r,i:s,score:ui(t,n(r))})).filter(r=>r.score!==null).sort((r,s)=>(r.score??0)-
(s.score??0)||r.i-s.i).map(r=>r.item)}var Cf=["system","light","dark"],dn=ye("theme"),fi=b(dn==="light"||dn==="dark"?dn:"system"),fo=b(0);function Af(e){fi.value=e,_e("theme",e==="system"?null:e),e===
"system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,fo.value++}var Rf=["comfortable","dense"],pi=b(ye("density")==="\
dense"?"dense":"comfortable");function Of(e){pi.value=e,_e("density",e==="dense"?e:null),e==="dense"?document.documentElement.dataset.density=e:delete document.
documentElement.dataset.density}function Nf(){for(let e of["(prefers-color-scheme: dark)","(forced-colors: active)"])matchMedia(e).addEventListener("change",()=>fo.
value++)}var Uf=b(null);function Df({label:e,onClose:t,class:n,children:r}){let s=P(null);return A(()=>{let o=document.activeElement;return s.current?.showModal(),()=>o instanceof HTMLElement&&
o.isConnected&&o.focus()},[]),a("dialog",{ref:s,class:`dialog ${n??""}`,"aria-label":e,onClose:t,onClick:o=>o.target===o.currentTarget&&s.current?.close(),children:r})}function hn(e,t=!1){let n=b(null),r=b(!1),s=()=>{r.value=!1,e().then(o=>n.value=o,()=>r.value=!0)};return function(i){let l=n.value;return A(()=>{n.peek()||s()},
[]),l?a(l,{...i}):t&&!r.value?null:a("section",{class:"card",children:r.value?a(Xt,{what:_().state.page,problem:{title:"",status:D},retry:s}):a(Qt,{rows:12})})}}function Zf(e){let[t,n]=B(0);return A(()=>{let r=new ResizeObserver(([s])=>n(Math.floor(s.contentRect.width)));return r.observe(e.current),()=>r.disconnect()},[]),
t}function Yf({label:e,text:t,onText:n}){return a("label",{class:"search",children:[a(Q,{name:"search"}),a("span",{class:"sr",children:e}),a("input",{class:"input",
type:"search","data-filter":!0,placeholder:e,value:t,onInput:r=>n(r.currentTarget.value)})]})}function np({label:e,values:t,now:n,text:r,choose:s}){return a("div",{class:"seg",role:"group","aria-label":e,children:t.map(o=>a("button",{type:"button","aria-\
pressed":o===n,onClick:()=>s(o),children:r(o)},o))})}function ip({label:e,tabs:t,chosen:n,onChoose:r,children:s}){let o=ke().replace(/\W/g,"");return a($,{children:[a("div",{class:"tabs",role:"tablist","aria-label":e,
onKeyDown:l=>{let f=t.findIndex(([g])=>g===n),m={ArrowRight:f+1,ArrowLeft:f-1,Home:0,End:t.length-1}[l.key];if(m===void 0)return;l.preventDefault(),l.stopPropagation();
let c=(m+t.length)%t.length;r(t[c][0]),l.currentTarget.children[c].focus()},children:t.map(([l,f])=>a("button",{type:"button",role:"tab",id:`${o}-${l}`,"aria-se\
lected":l===n,"aria-controls":`${o}-panel`,tabIndex:l===n?0:-1,onClick:()=>r(l),children:f},l))}),a("div",{role:"tabpanel",id:`${o}-panel`,"aria-labelledby":`${o}\
-${n}`,children:s})]})}function po(e,t,n,r,s){let o=Math.max(0,Math.floor(e/n)-s),i=Math.min(r,Math.ceil((e+t)/n)+s);return{first:Math.min(o,r),end:Math.max(i,Math.min(o,r))}}function mo(e,t,n,r,s){
let o=(e-s)*r,i=(e+1+s)*r;return o<t?Math.max(0,o):i>t+n?Math.max(0,Math.min(e*r,i-n)):t}var ho=6;function pp({label:e,role:t,count:n,rowPx:r,head:s,active:o,onMove:i,onKey:l,onOpen:f,rowProps:m,cells:c,class:g}){let d=ke().replace(/\W/g,""),u=P(null),
[h,x]=B({top:0,height:600}),v=P(0);at(()=>{let w=u.current,N=()=>x({top:w.scrollTop,height:w.clientHeight}),V=new ResizeObserver(N);V.observe(w);let W=()=>v.current||=
requestAnimationFrame(()=>(v.current=0,N()));return w.addEventListener("scroll",W,{passive:!0}),()=>{V.disconnect(),w.removeEventListener("scroll",W),cancelAnimationFrame(
v.current)}},[]),A(()=>{let w=u.current;if(!w||o<0)return;let N=mo(o,w.scrollTop,w.clientHeight-r,r,1);N!==w.scrollTop&&(w.scrollTop=N)},[o,n]);let E=Math.max(1,
Math.floor(h.height/r)-2),p=w=>n>0&&i(Math.min(n-1,Math.max(0,w))),y={ArrowDown:()=>p(o+1),ArrowUp:()=>p(o<0?n-1:o-1),PageDown:()=>p(o+E),PageUp:()=>p(o-E),Home:()=>p(
0),End:()=>p(n-1),Enter:()=>o>=0&&f?.(o)};y.j=y.ArrowDown,y.k=y.ArrowUp;let S=w=>{if(w.ctrlKey||w.metaKey||w.altKey||w.target!==u.current)return;let N=w.shiftKey?
void 0:y[w.key];if(N)N();else if(!l?.(w))return;w.preventDefault(),w.stopPropagation()},{first:U,end:I}=po(h.top,h.height,r,n,ho),te=Math.ceil(h.height/r)+2*ho+
1,G=[];for(let w=U;w<I;w++){let{class:N,...V}=m?.(w)??{};G.push(a("div",{role:"row",id:`${d}-${w}`,class:`v-row ${N??""}${w===o?" selected":""}`,"aria-rowindex":w+
2,"aria-selected":w===o,style:{transform:`translateY(${w*r}px)`,height:`${r}px`},onClick:()=>i(w),onDblClick:()=>f?.(w),...V,children:c(w)},w%te))}return a("div",
{ref:u,class:`v-grid ${g??""}`,role:t,"aria-label":e,"aria-rowcount":n+1,tabIndex:0,"aria-activedescendant":o>=U&&o<I?`${d}-${o}`:void 0,onKeyDown:S,children:[a(
"div",{role:"row",class:"v-head","aria-rowindex":1,style:{height:`${r}px`},children:s}),a("div",{class:"v-rows",role:"rowgroup",style:{height:`${n*r}px`},children:G})]})}var mi=200;function gp(e,t){let[n,r]=B(e),s=P(e),o=P(void 0),i=P(t);return i.current=t,A(()=>{e!==s.current&&(clearTimeout(o.current),s.current=e,r(e))},[e]),A(
()=>()=>clearTimeout(o.current),[]),[n,f=>{r(f),clearTimeout(o.current),o.current=setTimeout(()=>{s.current=f,i.current(f)},mi)}]}function _p(e){let t=e.trim().toLowerCase();return/^([0-9a-f]{16}|[0-9a-f]{32})$/.test(t)?t:null}function vp(e){return e.length<=12?e:`${e.slice(0,4)}…${e.slice(
-4)}`}function Sp(e,t=[]){let n=e.items.map(({key:[s,o],spans:i,errors:l})=>({atMs:Date.parse(String(s)),bucket:di(o)?o:null,spans:i,errors:l})),r={fromMs:Date.parse(
e.from),toMs:Date.parse(e.to),stepMs:(e.stepUs??6e7)/1e3,parts:e.bucketsPerDoubling??2};return Zn(r,n,t)}var di=e=>typeof e=="object"&&e!==null&&"fromUs"in e;var hi=[21,8,0,16,0,0,1,8,8,0],gi={l:8,m:16,n:4,r:8};function yi(e){let n=e.replace(/[\s)\]}"'’”.…]+$/u,"").at(-1)??"",r=n.codePointAt(0)??0;return r>=44032&&
r<=55203?(r-44032)%28:n>="0"&&n<="9"?hi[Number(n)]:n==="%"?0:gi[n.toLowerCase()]??0}function _i(e,t){let[n,r]=t.split("/"),s=yi(e);return t==="으로/로"?s===0||
s===8?r:n:s===0?r:n}function Tp(e,t){return e+_i(e,t)}var go=25,vi=60,yo=new WeakMap;function Cp(e,t){let n=yo.get(e)??new Map;yo.set(e,n);let[r,s]=B(),[o,i]=B(0),l=n.has(t);return A(()=>{if(l||t<0)return;let f=new AbortController;
s(void 0);let m=setTimeout(()=>{let c=Math.max(0,t-go),g=Math.min(e.count-1,t+go);to(e.traceId,{rows:`${c}-${g}`},f.signal).then(d=>{for(let u of d.items)n.set(
u.row,u);i(u=>u+1)},d=>{f.signal.aborted||s(d instanceof Z?d.problem:{title:String(d),status:D})})},vi);return()=>{clearTimeout(m),f.abort()}},[e,t,l,o]),{detail:n.
get(t),problem:r,retry:()=>i(f=>f+1)}}function Np({model:e,row:t}){let n=_().trace;return a($,{children:[a("i",{class:ro(e,e.service[t]),"aria-hidden":"true"})," ",e.services[e.service[t]]?.name||n.
unknownService," ",a("span",{class:"muted",children:["· ",e.names[e.name[t]]||n.unnamed]})]})}function Ip({title:e,class:t,label:n,onClose:r,children:s}){return a("div",{class:"card-head",children:[a("h2",{class:t,children:e}),s,a("span",{class:"spring"}),
a("button",{type:"button",class:"btn small icon-only quiet","aria-label":n,title:n,onClick:r,children:a(Q,{name:"x"})})]})}var Bp=hn(()=>import("./heatmap.js").then(e=>e.Heatmap),!0),qp=hn(()=>import("./heatmap.js").then(e=>e.HeatTable),!0);export{$ as a,bi as b,B as c,A as d,at as e,P as f,$e as g,a as h,D as i,Ke as j,j as k,Z as l,ee as m,Zn as n,Gt as o,Di as p,Hi as q,Bi as r,qi as s,Ki as t,Qn as u,
Gi as v,ji as w,zi as x,Sp as y,Re as z,ye as A,_e as B,nr as C,Tp as D,Fa as E,Da as F,H as G,br as H,_ as I,F as J,Ha as K,Ba as L,qa as M,be as N,je as O,rs as P,
ae as Q,el as R,tl as S,K as T,ol as U,le as V,Q as W,Oe as X,ce as Y,Qt as Z,Tr as _,Xt as $,$r as aa,bl as ba,wl as ca,cs as da,kr as ea,Mr as fa,Er as ga,us as ha,
Ol as ia,fs as ja,ms as ka,ds as la,hs as ma,ys as na,z as oa,Se as pa,Ne as qa,bs as ra,gt as sa,Il as ta,Je as ua,xs as va,Br as wa,re as xa,qr as ya,Fl as za,
Ts as Aa,Gr as Ba,jl as Ca,Ms as Da,Es as Ea,bt as Fa,Ql as Ga,Zr as Ha,St as Ia,Ns as Ja,rc as Ka,xe as La,oc as Ma,sc as Na,Vr as Oa,Jr as Pa,Ls as Qa,Ac as Ra,
Is as Sa,Ks as Ta,Xr as Ua,Rc as Va,eo as Wa,ue as Xa,xt as Ya,Ws as Za,zc as _a,tu as $a,nu as ab,to as bb,ru as cb,ou as db,su as eb,Cp as fb,fn as gb,pu as hb,
Xs as ib,du as jb,_u as kb,Ys as lb,ro as mb,vu as nb,ti as ob,bu as pb,wu as qb,Su as rb,xu as sb,Tu as tb,$u as ub,Mu as vb,pn as wb,Eu as xb,Ou as yb,Pu as zb,
Np as Ab,Uu as Bb,mn as Cb,Fu as Db,Du as Eb,Hu as Fb,Bu as Gb,qu as Hb,Ku as Ib,oo as Jb,oi as Kb,lo as Lb,zu as Mb,co as Nb,uo as Ob,cf as Pb,uf as Qb,ff as Rb,
pf as Sb,mf as Tb,ii as Ub,_f as Vb,Sf as Wb,ui as Xb,$f as Yb,Cf as Zb,fi as _b,fo as $b,Af as ac,Rf as bc,pi as cc,Of as dc,Nf as ec,Ip as fc,Uf as gc,Df as hc,
hn as ic,Zf as jc,Bp as kc,qp as lc,Yf as mc,np as nc,ip as oc,po as pc,mo as qc,pp as rc,gp as sc,_p as tc,vp as uc};
