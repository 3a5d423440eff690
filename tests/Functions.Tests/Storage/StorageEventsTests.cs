using System.Text.Json;
using Serverless.Storage;

namespace Functions.Tests.Storage;

public sealed class StorageEventsTests
{
    [Theory]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobDeleted","subject":"/a","data":{}}""", "/a")]
    [InlineData("""{"specversion":"1.0","type":"Microsoft.Storage.BlobDeleted","subject":"/a"}""", "/a")]
    [InlineData("""[{"subject":"/a"}]""", "/a")]
    [InlineData("""[{"subject":"/a"},{"subject":"/b"}]""", "/a,/b")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    [InlineData("""{"subject":7}""", "")]
    [InlineData("""{"subject":"\ud800"}""", "")]
    public void An_event_or_an_array_of_them_names_its_blobs(string text, string subjects) =>
        Assert.Equal(subjects, string.Join(',', StorageEvents.Subjects(text)));

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[7]")]
    public void What_is_no_event_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => StorageEvents.Subjects(text));
}
