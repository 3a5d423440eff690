using System.Text.Json;
using CsCheck;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using Xunit;

namespace SearchEmulator.Tests.Filters;

public sealed class FilterProperties
{
    private const int Samples = 20_000;

    [Fact]
    public void A_compiled_filter_agrees_with_the_naive_evaluation_of_its_meaning()
    {
        var cases = RandomSchema.Fields.SelectMany(fields =>
            Gen.Select(Gen.Const(fields), RandomFilter.For(fields), RandomSchema.Document(fields).List[1, 5])
        );
        cases.Sample(
            (fields, filter, documents) =>
            {
                var index = RandomSchema.Definition(fields);
                var test = Compiler.Compile(
                    Filter.Parse(filter.Text, index)!,
                    _ => throw new InvalidOperationException("No text is searched here.")
                );
                foreach (var document in documents)
                {
                    using var json = JsonDocument.Parse(document.ToJsonString());
                    var values = DocumentAction.Read(json.RootElement, 0, index, allowUnsafeKeys: true).Values;
                    Assert.Equal(NaiveEvaluator.Holds(filter, document), test(values, 0));
                }
            },
            iter: Samples,
            print: sample => $"{sample.Item2.Text}\n{string.Join('\n', sample.Item3.Select(document => document.ToJsonString()))}"
        );
    }

    [Fact]
    public void Whatever_the_text_a_filter_is_accepted_or_refused_as_a_bad_request()
    {
        var index = RandomSchema.Definition([new FieldSpec("f0", "String", false, []), new FieldSpec("f1", "Int32", true, [])]);
        var words = Pick.From(
            "f0",
            "f1",
            "f1/any",
            "f1/all",
            "(",
            ")",
            "x:",
            "x",
            "eq",
            "ne",
            "lt",
            "and",
            "or",
            "not",
            "'text'",
            "'",
            "1",
            "-1.5",
            "2020-01-01T00:00:00Z",
            "null",
            "true",
            "search.in",
            "geo.distance",
            "geography'POINT(1 2)'",
            ",",
            "/",
            "NaN",
            "-INF",
            "$",
            "é",
            "\0",
            "1x",
            "geography'"
        );
        words
            .List[0, 12]
            .Select(list => string.Join(' ', list))
            .Sample(
                text =>
                {
                    try
                    {
                        _ = Filter.Parse(text, index);
                    }
                    catch (Http.ServiceException refusal)
                    {
                        Assert.Equal(400, refusal.Status);
                        Assert.EndsWith("\r\nParameter name: $filter", refusal.Message, StringComparison.Ordinal);
                    }
                },
                iter: Samples
            );
    }
}
