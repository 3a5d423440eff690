using System.Reflection;
using System.Reflection.Emit;
using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace FunctionsHost.Listeners;

/// <summary>
/// Generates what the SDK looks for: a type "Host.Functions" with one method per function, whose first parameter has the trigger's
/// attribute. The names of queues, locks, timers and webhooks derive from it and match Azure's.
/// </summary>
internal sealed class FunctionTypes(IEnumerable<FunctionDeclaration> functions) : ITypeLocator
{
    private const string TypeName = "Host.Functions";

    private readonly Type type = Make(functions.Where(function => !function.IsHttp));

    public IReadOnlyList<Type> GetTypes() => [type];

    private static Type Make(IEnumerable<FunctionDeclaration> functions)
    {
        var type = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName(TypeName), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(TypeName)
            .DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var (name, trigger) in functions)
        {
            var method = type.DefineMethod(
                name,
                MethodAttributes.Public | MethodAttributes.Static,
                typeof(Task),
                [InputType(trigger), typeof(Binder), typeof(CancellationToken)]
            );
            method.DefineParameter(1, ParameterAttributes.None, trigger.Name).SetCustomAttribute(TriggerAttribute(name, trigger));
            method.DefineParameter(2, ParameterAttributes.None, "_binder");
            method.DefineParameter(3, ParameterAttributes.None, "_cancellation");
            var code = method.GetILGenerator();
            code.Emit(OpCodes.Ldstr, name);
            code.Emit(OpCodes.Ldstr, trigger.Name);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldarg_2);
            code.Emit(OpCodes.Call, typeof(FunctionDispatcher).GetMethod(nameof(FunctionDispatcher.DispatchAsync))!);
            code.Emit(OpCodes.Ret);
        }

        return type.CreateType();
    }

    private static Type InputType(TriggerDeclaration trigger) =>
        trigger switch
        {
            { Type: "timerTrigger" } => typeof(TimerInfo),
            { IsDeferred: true } => typeof(ParameterBindingData),
            _ when trigger.DataType?.ToUpperInvariant() is "BINARY" or "STREAM" => typeof(byte[]),
            _ => typeof(string),
        };

    private static CustomAttributeBuilder TriggerAttribute(string function, TriggerDeclaration trigger) =>
        trigger.Type switch
        {
            "blobTrigger" => Attribute<BlobTriggerAttribute>(trigger.Path!, ("Connection", trigger.Connection), ("Source", trigger.Source)),
            "queueTrigger" => Attribute<QueueTriggerAttribute>(trigger.QueueName!, ("Connection", trigger.Connection)),
            "timerTrigger" => Attribute<TimerTriggerAttribute>(
                trigger.Schedule!,
                ("RunOnStartup", trigger.RunOnStartup),
                ("UseMonitor", trigger.UseMonitor)
            ),
            var other => throw new HostException($"{function}: this host does not support the trigger '{other}'."),
        };

    private static CustomAttributeBuilder Attribute<T>(string argument, params (string Name, object? Value)[] properties) =>
        new(
            typeof(T).GetConstructor([typeof(string)])!,
            [argument],
            [.. properties.Select(property => typeof(T).GetProperty(property.Name)!)],
            [.. properties.Select(property => property.Value)]
        );
}
