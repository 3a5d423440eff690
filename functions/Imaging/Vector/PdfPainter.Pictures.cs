using System.Globalization;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.XObjects;

namespace Serverless.Imaging.Vector;

/// <content>Pictures, each on the unit square of its matrix.</content>
internal sealed partial class PdfPainter
{
    private const long MostPicturePixels = 100_000_000;

    protected override void RenderXObjectImage(XObjectContentRecord xObjectContentRecord) =>
        Picture(
            XObjectFactory.ReadImage(xObjectContentRecord, PdfScanner, FilterProvider, ResourceStore),
            xObjectContentRecord.AppliedTransformation
        );

    protected override void RenderInlineImage(InlineImage inlineImage) => Picture(inlineImage, CurrentTransformationMatrix);

    private void Picture(IPdfImage picture, in TransformationMatrix matrix)
    {
        Work(1000);
        if ((long)picture.WidthInSamples * picture.HeightInSamples > MostPicturePixels)
        {
            Miss("pictures of more than 100 megapixels");
            return;
        }

        var state = GetCurrentState();
        var colour = picture.IsImageMask ? Colour(state.CurrentNonStrokingColor) : null;
        if (picture.IsImageMask && colour is null)
        {
            return;
        }

        if (PdfPicture.Reference(picture, colour, FilterProvider, PdfScanner) is not { } reference)
        {
            Miss(PdfPicture.Kind(picture));
            return;
        }

        // The unit square's top left corner, and how far it is from there to its right and to its bottom.
        var (left, top) = Place(matrix, 0, 1);
        var numbers = new[] { matrix.A, -matrix.B, -matrix.C, matrix.D, left, top };
        canvas.Picture(
            reference,
            string.Join(' ', numbers.Select(number => number.ToString("0.#####", CultureInfo.InvariantCulture))),
            state.AlphaConstantNonStroking,
            clips.Peek()
        );
    }
}
