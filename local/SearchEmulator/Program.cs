using SearchEmulator;

return await EmulatorHost.RunAsync(args);
