using SearchEmulator.Documents;
using SearchEmulator.Filters;

namespace SearchEmulator.Queries;

/// <summary>A filter that names its documents by their keys spares asking all the others.</summary>
internal static class NamedSlots
{
    /// <returns>In rising order; null where the filter does not name them.</returns>
    public static IReadOnlyList<int>? Of(Predicate? filter, DocumentTable table) =>
        filter switch
        {
            Predicate.In { Field: { Steps.Count: 1, Field.Key: true }, Values: var keys } => Slots(keys, table),
            Predicate.Compare { Field: { Steps.Count: 1, Field.Key: true }, Operator: Operator.Equal, Constant: string key } => Slots(
                [key],
                table
            ),
            Predicate.And and => and.Operands.Select(operand => Of(operand, table)).FirstOrDefault(slots => slots is not null),
            _ => null,
        };

    private static List<int> Slots(IEnumerable<string> keys, DocumentTable table) =>
        [.. keys.Select(table.VisibleSlot).OfType<int>().Order()];
}
