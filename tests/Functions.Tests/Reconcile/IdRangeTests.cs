using System.Globalization;
using CsCheck;
using Serverless.Reconcile;

namespace Functions.Tests.Reconcile;

public sealed class IdRangeTests
{
    [Fact]
    public void Whatever_the_ids_and_how_few_fit_each_is_in_exactly_one_part() =>
        Gen.Select(Gen.Int[0, 5000].Select(number => number.ToString("x8", CultureInfo.InvariantCulture)).Array[0, 200], Gen.Int[1, 20])
            .Sample(
                (ids, most) =>
                {
                    var held = new List<string>();
                    string? from = "";
                    while (from is not null)
                    {
                        var range = new IdRange(from, most);
                        var (first, second) = (new Dictionary<string, int>(), new Dictionary<string, int>());
                        foreach (var id in ids)
                        {
                            range.Add(first, id, 1);
                            range.Add(second, $"{id} copy", 1);
                        }

                        range.Trim(first);
                        range.Trim(second);
                        Assert.InRange(first.Count, 0, most);
                        Assert.Equal(
                            first.Keys.Select(id => $"{id} copy").Order(StringComparer.Ordinal),
                            second.Keys.Order(StringComparer.Ordinal)
                        );
                        held.AddRange(first.Keys);
                        from = range.To;
                    }

                    Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
                }
            );

    [Fact]
    public void What_cannot_be_divided_is_held_all_the_same()
    {
        var range = new IdRange("a", 1);
        var items = new Dictionary<string, int>();
        foreach (var key in new[] { "a 1", "a 2", "a 3" })
        {
            range.Add(items, key, 1);
        }

        Assert.Equal((3, null), (items.Count, range.To));
    }
}
