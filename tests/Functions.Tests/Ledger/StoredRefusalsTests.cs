using Serverless.Images;
using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class StoredRefusalsTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Refused_labels_are_read_back_as_they_were_written()
    {
        var refusals = new LabelRefusals(Hash, [new RefusedLabel("objects", "fire engine"), new RefusedLabel("categories", "樓梯")]);
        var read = StoredRefusals.Parse(StoredRefusals.ToText(refusals)!)!;
        Assert.Equal(refusals.Sha256, read.Sha256);
        Assert.Equal(refusals.Labels, read.Labels);
    }

    [Fact]
    public void Where_nothing_is_refused_nothing_is_stored() => Assert.Null(StoredRefusals.ToText(new LabelRefusals(Hash, [])));

    [Theory]
    [InlineData("")]
    [InlineData("objects/heart")]
    [InlineData("{0}\nshapes/heart")]
    [InlineData("{0}\nobjects")]
    [InlineData("{0}\nobjects/")]
    public void Other_text_is_not_read(string text) =>
        Assert.Null(StoredRefusals.Parse(text.Replace("{0}", Hash, StringComparison.Ordinal)));
}
