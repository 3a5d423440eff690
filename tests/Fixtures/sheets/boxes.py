
# rotations, crop box, user unit, by hand
def pdf(objs):
    out=b'%PDF-1.7\n'; offs=[]
    for i,o in enumerate(objs,1):
        offs.append(len(out)); out+=b'%d 0 obj\n'%i+o+b'\nendobj\n'
    x=len(out); out+=b'xref\n0 %d\n0000000000 65535 f \n'%(len(objs)+1)+b''.join(b'%010d 00000 n \n'%o for o in offs)
    return out+b'trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n'%(len(objs)+1,x)
s=b'2 w 120 130 100 60 re S 1 0 0 rg 130 140 20 20 re f 0 0 1 RG 100 100 m 300 250 l S q 1 0 0 1 40 20 cm /F1 Do Q'
fs=b'0 .6 0 rg 0 0 80 20 re f 10 10 100 100 re S'
form=b'<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Matrix[1 0 0 1 150 130]/Length %d>>stream\n'%len(fs)+fs+b'\nendstream'
pages=[]
for extra in [b'',b'/Rotate 90',b'/Rotate 180',b'/Rotate 270',b'/CropBox[100 100 320 260]',b'/CropBox[100 100 320 260]/Rotate 90',b'/UserUnit 2',b'/MediaBox[80 80 320 260]/Rotate 270/UserUnit 2']:
    pages.append(b'<</Type/Page/Parent 2 0 R'+(b'' if b'MediaBox' in extra else b'/MediaBox[0 0 400 300]')+extra+b'/Contents 3 0 R/Resources<</XObject<</F1 4 0 R>>>>>>')
n=len(pages)
objs=[b'<</Type/Catalog/Pages 2 0 R>>',b'<</Type/Pages/Count %d/Kids[%s]>>'%(n,b' '.join(b'%d 0 R'%(5+i) for i in range(n))),b'<</Length %d>>stream\n'%len(s)+s+b'\nendstream',form]+pages
open('boxes.pdf','wb').write(pdf(objs))
