namespace FunctionsHost.Listeners;

/// <summary>A function failed in the worker.</summary>
internal sealed class FunctionException(string reason) : Exception(reason);
