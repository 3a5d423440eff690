namespace Shared;

/// <summary>Marks a class whose tests take many seconds together: it begins before the others (<see cref="LongFirst"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LongAttribute : Attribute;
