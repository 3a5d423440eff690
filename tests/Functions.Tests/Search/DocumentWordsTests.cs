using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Search;
using Serverless.Storage;

namespace Functions.Tests.Search;

public sealed class DocumentWordsTests
{
    [Fact]
    public void A_document_has_what_its_record_knows()
    {
        var document = Document(
            "trips/Rome 2019/IMG_2041.jpg",
            new EmbeddedMetadata
            {
                Title = "Forum",
                Description = "Columns in the evening",
                Keywords = ["rome", "ruin"],
                Make = "Canon",
                Model = "Canon EOS R5",
                Copyright = "© Somebody",
                Taken = TakenTime.OfExif("2019:05:21 14:03:59", "+02:00"),
                Rating = 4,
                Position = GeoPosition.Of(41.8925, 12.4853),
            }
        );
        Assert.Equal(("IMG_2041.jpg", "Forum", "Columns in the evening"), (document.Name, document.Title, document.Caption));
        Assert.Equal(["trips", "Rome 2019"], document.FolderNames);
        Assert.Equal("Canon EOS R5", document.Camera);
        Assert.Equal(["2019-05-21", "21 May 2019"], document.Dates);
        Assert.Equal(4, document.Rating);
        Assert.Equal((12.4853, 41.8925), (document.Position!.Coordinates.Longitude, document.Position.Coordinates.Latitude));
        Assert.Contains("rome", document.Words);
        Assert.Contains("Rome 2019", document.Words);
        Assert.DoesNotContain("© Somebody", document.Words);
        Assert.Equal(ImageDocument.WordsOfToday, document.WordsVersion);
    }

    [Fact]
    public void A_name_that_a_system_took_apart_is_put_together_and_shapeless_characters_go() =>
        Assert.Equal("café.jpg", Document("cafe\u0301\u202E\uE000.jpg", null).Name);

    [Fact]
    public void A_record_without_metadata_has_its_name_and_nothing_else()
    {
        var document = Document("a.jpg", null);
        Assert.Null(document.Position);
        Assert.Null(document.TakenAt);
        Assert.Equal(["a.jpg", "a"], document.Words);
    }

    private static ImageDocument Document(string name, EmbeddedMetadata? metadata) =>
        ImageDocument.Of(
            new ImageRecord
            {
                Path = new ImagePath("images", name),
                State = ImageState.Indexed,
                BlobETag = "x",
                Format = ImageFormat.Jpeg,
                Verdict = Verdict.New,
                Model = "m",
                ModelRevision = "r",
                Embedding = new float[] { 1, 0 },
                Metadata = metadata,
            }
        );
}
