namespace Serverless.Images;

/// <summary>Which page of which sheet a record is of.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Pages of the sheet.</param>
/// <param name="Text">Its text, as the document has it.</param>
internal sealed record PageOfSheet(ImageRecord Sheet, int Number, int Count, string? Text)
{
    /// <summary>The page as an image of the collection: where it is, and what becomes of it, is its sheet's.</summary>
    public static ImageRecord Of(ImageRecord sheet, SheetPart page, int count) =>
        new()
        {
            Path = page.Path,
            State = sheet.State,
            BlobETag = sheet.BlobETag,
            Sha256 = page.Pixels,
            Format = sheet.Format,
            Width = page.Width,
            Height = page.Height,
            Bytes = sheet.Bytes,
            UploadedAt = sheet.UploadedAt,
            DecidedAt = sheet.DecidedAt,
            Tags = sheet.Tags,
            Properties = sheet.Properties,
            Model = sheet.Model,
            ModelRevision = sheet.ModelRevision,
            Embedding = page.Embedding.IsEmpty ? sheet.Embedding : page.Embedding,
            CopyDescriptor = page.Embedding.IsEmpty ? sheet.CopyDescriptor : page.CopyDescriptor,
            Fingerprint = page.Fingerprint,
            Verdict = page.Verdict,
            DuplicateOf = page.DuplicateOfSheet?.Page(page.DuplicateOfPage),
            Similarity = page.Similarity,
            QuarantineName = sheet.QuarantineName,
            TrashedAt = sheet.TrashedAt,
            Page = new PageOfSheet(sheet, page.Page, count, page.Text),
            RowVersion = sheet.RowVersion,
        };
}
